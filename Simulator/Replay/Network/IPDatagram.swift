import NIOCore

/// An IP packet, or a fragment of one.
struct IPDatagram {
    /// Where a fragment belongs.
    struct Fragment {
        /// The same in all fragments of a datagram.
        let identification: UInt32
        /// Octets before this fragment.
        let offset: Int
        /// False in the last fragment.
        let hasMore: Bool
    }

    let source: IPAddress
    let destination: IPAddress
    /// What the payload is: 6 is TCP.
    var transport: UInt8
    /// Nil if the datagram is whole.
    var fragment: Fragment?
    /// What follows the headers.
    var payload: ByteBuffer
    /// Octets of the payload that the capture has cut off.
    var missing = 0

    static let tcp: UInt8 = 6
    /// Headers of IPv6 that others follow: hop-by-hop, routing, destination options, authentication.
    private static let extensionHeaders: Set<UInt8> = [0, 43, 60, 51]

    /// False if it is known that no TCP segment is in it.
    var mayCarryTCP: Bool { transport == Self.tcp || Self.extensionHeaders.contains(transport) }

    /// Reads a packet of either version.
    init(_ packet: ByteBuffer) throws(MalformedPacket) {
        guard let first = packet.getInteger(at: packet.readerIndex, as: UInt8.self) else { throw .tooShort(.ipv4) }
        switch first >> 4 {
        case 4: try self.init(ipv4: packet)
        case 6: try self.init(ipv6: packet)
        default: throw .version(first >> 4)
        }
    }

    /// RFC 791, 3.1: the header has a length of its own, and the packet may be followed by padding of the link layer.
    private init(ipv4 packet: ByteBuffer) throws(MalformedPacket) {
        var rest = packet
        guard
            let (first, _, total, identification, fragment, _, transport, _, source, destination) =
                rest.readMultipleIntegers(
                    as: (UInt8, UInt8, UInt16, UInt16, UInt16, UInt8, UInt8, UInt16, UInt32, UInt32).self)
        else { throw .tooShort(.ipv4) }
        let headerLength = Int(first & 0x0F) * 4
        guard headerLength >= 20 else { throw .headerLength(.ipv4, headerLength) }
        guard rest.readSlice(length: headerLength - 20) != nil else { throw .tooShort(.ipv4) }
        // A network card that cuts large packets itself leaves 0 here: all that was captured belongs to the packet.
        let length = total == 0 ? rest.readableBytes : Int(total) - headerLength
        guard length >= 0 else { throw .totalLength(Int(total)) }
        self.source = IPAddress(ipv4: source)
        self.destination = IPAddress(ipv4: destination)
        self.transport = transport
        if fragment & 0x3FFF != 0 {
            self.fragment = Fragment(
                identification: UInt32(identification), offset: Int(fragment & 0x1FFF) * 8,
                hasMore: fragment & 0x2000 != 0)
        }
        missing = max(0, length - rest.readableBytes)
        payload = rest.readSlice(length: min(length, rest.readableBytes)) ?? ByteBuffer()
    }

    /// RFC 8200, 3.
    private init(ipv6 packet: ByteBuffer) throws(MalformedPacket) {
        var rest = packet
        guard
            let (_, payloadLength, next, _, sourceHigh, sourceLow, destinationHigh, destinationLow) =
                rest.readMultipleIntegers(
                    as: (UInt32, UInt16, UInt8, UInt8, UInt64, UInt64, UInt64, UInt64).self)
        else { throw .tooShort(.ipv6) }
        source = IPAddress(ipv6High: sourceHigh, low: sourceLow)
        destination = IPAddress(ipv6High: destinationHigh, low: destinationLow)
        let length = payloadLength == 0 ? rest.readableBytes : Int(payloadLength)
        missing = max(0, length - rest.readableBytes)
        payload = rest.readSlice(length: min(length, rest.readableBytes)) ?? ByteBuffer()
        transport = next
        try passExtensionHeaders()
    }

    /// Leaves the headers between IPv6 and what it carries behind (RFC 8200, 4); stops at a fragment header.
    mutating func passExtensionHeaders() throws(MalformedPacket) {
        for _ in 0..<16 {
            switch transport {
            case 0, 43, 60, 51:
                guard let (next, length) = payload.readMultipleIntegers(as: (UInt8, UInt8).self) else {
                    throw .tooShort(.ipv6)
                }
                // Counted in eight octets, the first eight left out; in four octets in an authentication header.
                let octets = transport == 51 ? Int(length) * 4 + 6 : Int(length) * 8 + 6
                guard payload.readSlice(length: octets) != nil else { throw .tooShort(.ipv6) }
                transport = next
            case 44:
                guard
                    let (next, _, place, identification) = payload.readMultipleIntegers(
                        as: (UInt8, UInt8, UInt16, UInt32).self)
                else { throw .tooShort(.ipv6) }
                transport = next
                // A fragment that is the whole packet needs no reassembly (RFC 6946).
                guard place & 0xFFF9 != 0 else { continue }
                fragment = Fragment(
                    identification: identification, offset: Int(place & 0xFFF8), hasMore: place & 1 != 0)
                return
            default:
                return
            }
        }
        throw .extensionHeaders
    }
}
