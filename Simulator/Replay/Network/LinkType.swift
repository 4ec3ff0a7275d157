import CPcap
import NIOCore

/// What packets of a capture begin with.
package enum LinkType: Hashable, Sendable {
    /// Destination, source, any number of VLAN tags, EtherType.
    case ethernet
    /// Four octets with an address family, in the byte order of whatever host wrote them.
    case loopback
    /// Nothing: IPv4 or IPv6, told apart by the first four bits.
    case rawIP
    /// 16 octets, the last two of them the EtherType: what Linux captures on `any`, version 1.
    case linuxCooked1
    /// 20 octets, the first two of them the EtherType: version 2.
    case linuxCooked2

    /// The type with a number of libpcap's (`DLT_...`); nil for those that aren't supported.
    init?(number: Int32) {
        switch number {
        case DLT_EN10MB: self = .ethernet
        case DLT_NULL, DLT_LOOP: self = .loopback
        case DLT_RAW, DLT_IPV4, DLT_IPV6: self = .rawIP
        case DLT_LINUX_SLL: self = .linuxCooked1
        case DLT_LINUX_SLL2: self = .linuxCooked2
        default: return nil
        }
    }

    /// The IP packet in a frame; nil if the frame carries something else.
    func internetPacket(in frame: ByteBuffer) throws(MalformedPacket) -> ByteBuffer? {
        var rest = frame
        switch self {
        case .rawIP:
            return rest
        case .loopback:
            guard let family = rest.readInteger(as: UInt32.self) else { throw .tooShort(.link) }
            // AF_INET is 2 everywhere; AF_INET6 is 10 on Linux, 24, 28 or 30 elsewhere.
            return [2, 10, 24, 28, 30].contains(min(family, family.byteSwapped)) ? rest : nil
        case .ethernet:
            guard rest.readSlice(length: 12) != nil else { throw .tooShort(.link) }
            return try Self.tagged(&rest)
        case .linuxCooked1:
            guard rest.readSlice(length: 14) != nil else { throw .tooShort(.link) }
            return try Self.tagged(&rest)
        case .linuxCooked2:
            guard let type = rest.readInteger(as: UInt16.self), rest.readSlice(length: 18) != nil else {
                throw .tooShort(.link)
            }
            return try Self.payload(of: type, &rest)
        }
    }

    private static func tagged(_ rest: inout ByteBuffer) throws(MalformedPacket) -> ByteBuffer? {
        guard let type = rest.readInteger(as: UInt16.self) else { throw .tooShort(.link) }
        return try payload(of: type, &rest)
    }

    /// Passes VLAN tags, one in another; each is two octets and the next EtherType.
    private static func payload(
        of type: UInt16, _ rest: inout ByteBuffer
    ) throws(MalformedPacket) -> ByteBuffer? {
        var type = type
        while [0x8100, 0x88A8, 0x9100].contains(type) {
            guard let (_, inner) = rest.readMultipleIntegers(as: (UInt16, UInt16).self) else { throw .tooShort(.link) }
            type = inner
        }
        return type == 0x0800 || type == 0x86DD ? rest : nil
    }
}
