/// Reads a capture from its beginning to its end, and hands on what is in it.
package struct CaptureFeed: ~Copyable {
    /// What comes next.
    package enum Item {
        /// What the stations said; may be nothing.
        case traffic([TrafficEvent])
        /// A packet that makes no sense.
        case malformed(MalformedPacket, CapturedPacket)
    }

    private var file: CaptureFile
    private var analyzer: CaptureAnalyzer
    private var hasEnded = false
    /// Packets so far.
    package private(set) var packets = 0
    /// Those of them that the snapshot length has cut.
    package private(set) var cutPackets = 0
    /// Why the capture isn't read to its end; nil if it is, or while it goes on.
    package private(set) var fault: CaptureFault?
    /// Octets of the file that have been read.
    package var position: Int64 { file.position }
    /// Octets in the file; nil if it isn't a plain file.
    package var size: Int64? { file.size }
    /// True if it may grow while it is read: what it has brought by now shouldn't wait for what follows.
    package var isLive: Bool { file.size == nil }
    /// TCP connections so far, whatever they carry.
    package var connections: Int { analyzer.connections }

    /// - Parameters:
    ///   - path: the file; `-` is standard input.
    ///   - port: the only port that counts; nil recognizes connections by port 2404 and by what they carry.
    package init(path: String, port: UInt16? = nil) throws(CaptureFault) {
        file = try CaptureFile(path: path)
        analyzer = CaptureAnalyzer(linkType: file.linkType, port: port)
    }

    /// The next item; nil at the end, where the capture breaks off, or when the task is cancelled: `fault` tells which.
    package mutating func next() -> Item? {
        guard !hasEnded else { return nil }
        do throws(CaptureFault) {
            if Task.isCancelled { throw .interrupted(afterPackets: packets) }
            if let packet = try file.next() { return item(packet) }
        } catch {
            fault = error
        }
        hasEnded = true
        var traffic: [TrafficEvent] = []
        analyzer.finish(into: &traffic)
        return .traffic(traffic)
    }

    private mutating func item(_ packet: CapturedPacket) -> Item {
        packets += 1
        if packet.missing > 0 { cutPackets += 1 }
        var traffic: [TrafficEvent] = []
        do throws(MalformedPacket) {
            try analyzer.receive(packet, into: &traffic)
        } catch {
            return .malformed(error, packet)
        }
        return .traffic(traffic)
    }
}
