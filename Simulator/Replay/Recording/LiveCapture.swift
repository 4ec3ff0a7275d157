import CPcap

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Captures packets of an interface into a file, with libpcap.
///
/// Nothing blocks: packets wait in the kernel's buffer of 16 MiB until `drain` takes them.
package struct LiveCapture: ~Copyable {
    /// What was captured.
    package struct Counts: Hashable, Sendable {
        package var packets = 0
        package var octets: Int64 = 0
        /// Packets that the kernel had no room for.
        package var dropped = 0
    }

    /// No segment of IEC 60870-5-104 is longer, whatever the network cards put together.
    private static let snapshotLength: Int32 = 262_144
    private static let bufferSize: Int32 = 1 << 24
    private static let drainLimit = 10_000
    /// Milliseconds after which the kernel hands over what it has.
    private static let handOverTime: Int32 = 20

    private let interface: String
    private let handle: OpaquePointer
    private let dumper: OpaquePointer
    private let path: String
    /// What was captured so far.
    package private(set) var counts = Counts()

    /// Begins to capture.
    ///
    /// - Parameters:
    ///   - port: TCP port of the controlled station.
    ///   - host: only packets from or to this address.
    ///   - path: the file, which is replaced; `-` is standard output.
    package init(
        interface: String, port: UInt16, host: String? = nil, path: String
    ) throws(RecordingFault) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let handle = pcap_create(interface, &message) else {
            throw .failed(interface: interface, reason: Self.text(message))
        }
        do throws(RecordingFault) {
            try Self.activate(handle, interface)
            try Self.filter(handle, "tcp port \(port)" + (host.map { " and host \($0)" } ?? ""))
            guard pcap_setnonblock(handle, 1, &message) == 0 else {
                throw .failed(interface: interface, reason: Self.text(message))
            }
            guard let dumper = pcap_dump_open(handle, path) else {
                throw .output(path, reason: Self.error(handle))
            }
            self.dumper = dumper
        } catch {
            pcap_close(handle)
            throw error
        }
        (self.interface, self.handle, self.path) = (interface, handle, path)
    }

    deinit {
        pcap_dump_close(dumper)
        pcap_close(handle)
    }

    /// Writes what has been captured by now, so that the file holds it.
    package mutating func drain() throws(RecordingFault) {
        // Whoever calls this has to look at other things as well, however fast packets come.
        for _ in 0..<Self.drainLimit {
            var header: UnsafeMutablePointer<pcap_pkthdr>?
            var data: UnsafePointer<UInt8>?
            switch pcap_next_ex(handle, &header, &data) {
            case 1:
                guard let header, let data else { return }
                pcap_dump(UnsafeMutableRawPointer(dumper).assumingMemoryBound(to: UInt8.self), header, data)
                counts.packets += 1
                counts.octets += Int64(header.pointee.caplen)
                continue
            case 0: break
            default: throw .failed(interface: interface, reason: Self.error(handle))
            }
            break
        }
        guard pcap_dump_flush(dumper) == 0 else {
            throw .output(path, reason: String(cString: strerror(errno)))
        }
        var statistics = pcap_stat()
        if pcap_stats(handle, &statistics) == 0 { counts.dropped = Int(statistics.ps_drop) }
    }

    private static func activate(_ handle: OpaquePointer, _ interface: String) throws(RecordingFault) {
        pcap_set_snaplen(handle, snapshotLength)
        pcap_set_buffer_size(handle, bufferSize)
        pcap_set_promisc(handle, 1)
        // Not in immediate mode, which gives each packet, however short, a place of the snapshot length.
        pcap_set_timeout(handle, Self.handOverTime)
        let status = pcap_activate(handle)
        guard status < 0 else {
            let number = pcap_datalink(handle)
            guard LinkType(number: number) != nil else {
                let name = pcap_datalink_val_to_name(number).map { String(cString: $0) } ?? String(number)
                throw .linkType(interface: interface, name: name)
            }
            return
        }
        switch status {
        case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
            throw .notPermitted(interface: interface, reason: error(handle))
        case PCAP_ERROR_NO_SUCH_DEVICE: throw .noSuchInterface(interface, existing: interfaces())
        case PCAP_ERROR_IFACE_NOT_UP: throw .interfaceDown(interface)
        default:
            let reason = error(handle)
            throw .failed(
                interface: interface, reason: reason.isEmpty ? String(cString: pcap_statustostr(status)) : reason)
        }
    }

    private static func filter(_ handle: OpaquePointer, _ expression: String) throws(RecordingFault) {
        var program = bpf_program()
        // "vlan" shifts all that follows it, so that it has to stand behind. Links that can't have VLANs refuse it.
        let inVLAN = "(\(expression)) or (vlan and \(expression))"
        for text in [inVLAN, expression] where pcap_compile(handle, &program, text, 1, bpf_u_int32.max) == 0 {
            defer { pcap_freecode(&program) }
            guard pcap_setfilter(handle, &program) == 0 else { break }
            return
        }
        throw .filter(expression, reason: error(handle))
    }

    private static func interfaces() -> [String] {
        var first: UnsafeMutablePointer<pcap_if_t>?
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard pcap_findalldevs(&first, &message) == 0 else { return [] }
        defer { pcap_freealldevs(first) }
        var names: [String] = []
        var next = first
        while let device = next?.pointee {
            names.append(String(cString: device.name))
            next = device.next
        }
        return names
    }

    private static func error(_ handle: OpaquePointer) -> String {
        pcap_geterr(handle).map { String(cString: $0) } ?? ""
    }

    private static func text(_ message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
