/// A sequence number of TCP: counts octets modulo 2^32.
package struct TCPSequence: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The number that comes `count` later.
    package func advanced(by count: Int) -> TCPSequence {
        TCPSequence(rawValue: rawValue &+ UInt32(truncatingIfNeeded: count))
    }

    /// Octets from `other` to here, by the shorter way around; negative if this one comes before.
    package func distance(from other: TCPSequence) -> Int {
        Int(Int32(bitPattern: rawValue &- other.rawValue))
    }
}
