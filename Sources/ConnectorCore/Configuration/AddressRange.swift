import NIOCore

/// An address, or a range of addresses in CIDR notation: `192.168.1.0/24`, `::1`.
package struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    private let octets: [UInt8]
    private let bits: Int
    package let description: String

    /// Nil for a text that is neither.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let octets = Self.octets(String(first)) else { return nil }
        self.octets = octets
        description = text
        guard parts.count == 2 else {
            bits = octets.count * 8
            return
        }
        guard parts[1].utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let bits = Int(parts[1]),
            0...(octets.count * 8) ~= bits
        else { return nil }
        self.bits = bits
    }

    /// True if the address lies in the range. A client of a listener for both families may show its IPv4 address as
    /// an IPv6 one, `::ffff:192.168.1.7`.
    package func contains(_ address: String) -> Bool {
        guard var other = Self.octets(address) else { return false }
        if octets.count == 4, other.starts(with: Self.mappedPrefix) { other.removeFirst(Self.mappedPrefix.count) }
        guard other.count == octets.count else { return false }
        for index in 0..<bits {
            let mask = UInt8(0x80) >> UInt8(index % 8)
            if (octets[index / 8] ^ other[index / 8]) & mask != 0 { return false }
        }
        return true
    }

    private static let mappedPrefix: [UInt8] = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    private static func octets(_ text: String) -> [UInt8]? {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
        switch address {
        case .v4(let address): return withUnsafeBytes(of: address.address.sin_addr) { Array($0) }
        case .v6(let address): return withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        default: return nil
        }
    }
}
