import CPcap
import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A capture file, pcap or pcapng, read packet by packet with libpcap.
///
/// All its packets have one link type: libpcap ends the reading of a pcapng file whose interfaces differ in that.
package struct CaptureFile: ~Copyable {
    private let handle: OpaquePointer
    /// Nil if it is a plain file.
    private let input: LiveInput?
    private var count = 0
    /// Kept from packet to packet, so that reading needs no memory while nobody keeps the octets.
    private var octets = ByteBuffer()

    /// The link type of all packets.
    package let linkType: LinkType
    /// Octets in the file; nil if it isn't a plain file.
    package let size: Int64?

    /// Opens a file; `-` is standard input.
    package init(path: String) throws(CaptureFault) {
        if let input = LiveInput(path: path), let stream = input.stream() {
            try self.init(stream: stream, of: input)
            return
        }
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let handle = pcap_open_offline_with_tstamp_precision(path, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
        guard let handle else { throw .notACapture(Self.reason(message, path: path)) }
        try self.init(handle: handle)
    }

    /// Reads a stream, which is closed with the capture, or if this throws.
    package init(stream: UnsafeMutablePointer<FILE>) throws(CaptureFault) {
        try self.init(stream: stream, of: nil)
    }

    private init(stream: UnsafeMutablePointer<FILE>, of input: LiveInput?) throws(CaptureFault) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        let handle = pcap_fopen_offline_with_tstamp_precision(stream, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
        guard let handle else {
            fclose(stream)
            if input?.wasCancelled == true { throw .interrupted(afterPackets: 0) }
            throw .notACapture(Self.reason(message))
        }
        try self.init(handle: handle, of: input)
    }

    private init(handle: OpaquePointer, of input: LiveInput? = nil) throws(CaptureFault) {
        let number = pcap_datalink(handle)
        guard let linkType = LinkType(number: number) else {
            let name = pcap_datalink_val_to_name(number).map { String(cString: $0) }
            pcap_close(handle)
            throw .linkType(name ?? String(number))
        }
        self.handle = handle
        self.input = input
        self.linkType = linkType
        var status = stat()
        let isFile = pcap_file(handle).map { fstat(fileno($0), &status) == 0 && status.st_mode & S_IFMT == S_IFREG }
        size = isFile == true ? Int64(status.st_size) : nil
    }

    deinit { pcap_close(handle) }

    /// How many octets of the file have been read.
    package var position: Int64 { input?.position ?? pcap_file(handle).map { Int64(ftell($0)) } ?? 0 }

    /// The next packet; nil at the end.
    package mutating func next() throws(CaptureFault) -> CapturedPacket? {
        let start = size == nil ? nil : position
        var header: UnsafeMutablePointer<pcap_pkthdr>?
        var data: UnsafePointer<UInt8>?
        switch pcap_next_ex(handle, &header, &data) {
        case 1: break
        case PCAP_ERROR_BREAK: return nil
        default:
            if input?.wasCancelled == true { throw .interrupted(afterPackets: count) }
            let reason = pcap_geterr(handle).map { String(cString: $0) } ?? "unknown error"
            // There is no other way to know this error than its words.
            if reason.contains("different from the") { throw .interfaces(reason) }
            throw .damaged(afterPackets: count, octet: start, reason: reason)
        }
        guard let header = header?.pointee else { return nil }
        count += 1
        octets.clear()
        octets.writeBytes(UnsafeRawBufferPointer(start: data, count: data == nil ? 0 : Int(header.caplen)))
        // With nanosecond precision, libpcap keeps nanoseconds where microseconds are otherwise.
        let time = CaptureTime(seconds: Int(header.ts.tv_sec), nanoseconds: Int(header.ts.tv_usec))
        return CapturedPacket(
            frame: count, time: time, octets: octets,
            missing: Int(header.len) - min(octets.readableBytes, Int(header.len)))
    }

    /// What libpcap says of a file, or what it means by that.
    private static func reason(_ message: [CChar], path: String = "") -> String {
        let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if text.hasPrefix("\(path): ") { return String(text.dropFirst(path.count + 2)) }
        if text.hasSuffix("only got 0") { return "it is empty" }
        if text == "unknown file format" { return "it is neither pcap nor pcapng, which tcpdump and Wireshark write" }
        return text
    }
}
