/// Why a packet of a capture makes no sense.
package enum MalformedPacket: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the packet.
    package enum Layer: String, Hashable, Sendable {
        case link = "link layer"
        case ipv4 = "IPv4"
        case ipv6 = "IPv6"
        case tcp = "TCP"
    }

    /// The header goes on beyond the end of the packet.
    case tooShort(Layer)
    /// The version field of IP is neither 4 nor 6.
    case version(UInt8)
    /// The header's length field is less than a header needs.
    case headerLength(Layer, Int)
    /// The packet's length field is less than the header alone.
    case totalLength(Int)
    /// More extension headers than any sensible packet has.
    case extensionHeaders
    /// Fragments that overlap in part, or go beyond 65 535 octets: the packet they belong to is left out.
    case fragments

    /// True if the packet may be in order, but was cut off by the capture.
    package func isCut(_ packet: CapturedPacket) -> Bool {
        if case .tooShort = self { packet.missing > 0 } else { false }
    }

    /// What is wrong with the packet, and with whom: what was sent, or what the capture has kept of it.
    package func text(of packet: CapturedPacket) -> String {
        let (kept, missing) = (packet.octets.readableBytes, packet.missing)
        return isCut(packet)
            ? "packet cut by the capture, which has kept \(kept) of \(kept + missing) octets: \(self)"
            : "malformed packet: \(self)"
    }

    package var description: String {
        switch self {
        case .tooShort(let layer): "\(layer.rawValue): the header is cut off"
        case .version(let version): "IP version \(version)"
        case .headerLength(let layer, let length): "\(layer.rawValue): header length \(length)"
        case .totalLength(let length): "IPv4: total length \(length)"
        case .extensionHeaders: "IPv6: too many extension headers"
        case .fragments: "IP fragments that don't fit together"
        }
    }
}
