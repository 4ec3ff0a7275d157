/// Makes of the packets of a capture what the stations said to each other.
package struct CaptureAnalyzer {
    private var reader: PacketReader
    private var conversations: Conversations

    /// - Parameter port: the only port that counts; nil recognizes connections by port 2404 and by what they carry.
    package init(linkType: LinkType, port: UInt16? = nil) {
        reader = PacketReader(linkType: linkType)
        conversations = Conversations(port: port)
    }

    /// TCP connections so far, whatever they carry.
    package var connections: Int { conversations.count }

    /// Takes the next packet.
    ///
    /// - Throws: what is wrong with it, if it makes no sense; the analysis goes on with the next one.
    package mutating func receive(
        _ packet: CapturedPacket, into traffic: inout [TrafficEvent]
    ) throws(MalformedPacket) {
        guard let segment = try reader.segment(in: packet) else { return }
        conversations.receive(segment, frame: packet.frame, time: packet.time, into: &traffic)
    }

    /// The capture has ended.
    package mutating func finish(into traffic: inout [TrafficEvent]) {
        conversations.finish(into: &traffic)
    }
}
