/// Finds the TCP segment in each packet of a capture.
package struct PacketReader {
    private let linkType: LinkType
    private var fragments = FragmentAssembler()

    package init(linkType: LinkType) {
        self.linkType = linkType
    }

    /// The TCP segment in a packet, or the one that its fragment completes; nil if it carries something else.
    package mutating func segment(in packet: CapturedPacket) throws(MalformedPacket) -> TCPSegment? {
        guard let octets = try linkType.internetPacket(in: packet.octets) else { return nil }
        var datagram = try IPDatagram(octets)
        if let fragment = datagram.fragment {
            guard let whole = try fragments.add(datagram, fragment, time: packet.time) else { return nil }
            datagram = whole
            try datagram.passExtensionHeaders()
        }
        // A fragment of a fragment can't be.
        guard datagram.transport == IPDatagram.tcp, datagram.fragment == nil else { return nil }
        return try TCPSegment(datagram)
    }
}
