/// Packets as octets, layer by layer.
enum Packets {
    /// A TCP segment without options; `flags` as in the header: 0x02 SYN, 0x10 ACK, 0x18 PSH and ACK.
    static func tcp(
        _ source: UInt16, _ destination: UInt16, sequence: UInt32, acknowledgement: UInt32 = 0, flags: UInt8 = 0x18,
        _ payload: [UInt8] = []
    ) -> [UInt8] {
        source.octets + destination.octets + sequence.octets + acknowledgement.octets + [0x50, flags, 0xFF, 0xFF]
            + [0, 0, 0, 0] + payload
    }

    /// An IPv4 packet between 10.0.0.1 and 10.0.0.2, or the other way around.
    static func ipv4(
        fromFirst: Bool = true, protocol number: UInt8 = 6, identification: UInt16 = 1, fragment: UInt16 = 0,
        _ payload: [UInt8]
    ) -> [UInt8] {
        let addresses: [UInt8] = fromFirst ? [10, 0, 0, 1, 10, 0, 0, 2] : [10, 0, 0, 2, 10, 0, 0, 1]
        return [0x45, 0] + UInt16(20 + payload.count).octets + identification.octets + fragment.octets + [64, number]
            + [0, 0] + addresses + payload
    }

    /// An IPv6 packet from 2001:db8::1 to 2001:db8::2; `next` is what the payload begins with.
    static func ipv6(next: UInt8 = 6, _ payload: [UInt8]) -> [UInt8] {
        func address(_ last: UInt8) -> [UInt8] { [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [last] }
        return [0x60, 0, 0, 0] + UInt16(payload.count).octets + [next, 64] + address(1) + address(2) + payload
    }

    /// An Ethernet frame with VLAN tags of the given EtherTypes around it.
    static func ethernet(tags: [UInt16] = [], type: UInt16 = 0x0800, _ payload: [UInt8]) -> [UInt8] {
        [UInt8](repeating: 2, count: 12) + tags.flatMap { $0.octets + [0, 100] } + type.octets + payload
    }
}

extension FixedWidthInteger {
    /// High octet first, as everything in IP.
    var octets: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
    /// Low octet first.
    var littleOctets: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}
