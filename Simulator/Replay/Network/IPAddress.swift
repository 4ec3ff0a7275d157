#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import NIOCore

/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Comparable, Sendable {
    /// Octets 1...8 of an IPv6 address; 0 in IPv4.
    private let high: UInt64
    /// Octets 9...16 of an IPv6 address, or the four octets of an IPv4 address.
    private let low: UInt64
    private let isIPv6: Bool

    /// The IPv4 address with these four octets, the first one in the highest eight bits.
    package init(ipv4 address: UInt32) {
        (high, low, isIPv6) = (0, UInt64(address), false)
    }

    /// The IPv6 address with these 16 octets.
    package init(ipv6High high: UInt64, low: UInt64) {
        (self.high, self.low, isIPv6) = (high, low, true)
    }

    package static func < (left: IPAddress, right: IPAddress) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension IPAddress: CustomStringConvertible {
    /// `192.0.2.1` or `2001:db8::1`.
    package var description: String {
        guard isIPv6 else {
            return (0..<4).map { String(low >> UInt64(24 - 8 * $0) & 0xFF) }.joined(separator: ".")
        }
        var octets = [high.bigEndian, low.bigEndian]
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &octets, &text, socklen_t(text.count)) != nil else { return "::" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
