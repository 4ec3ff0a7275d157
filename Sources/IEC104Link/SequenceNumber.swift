/// N(S) or N(R): counts modulo 32 768 (IEC 60870-5-104, 5.1).
package struct SequenceNumber: Hashable, Sendable, CustomStringConvertible {
    /// 0...32 767.
    package let rawValue: UInt16

    /// Takes the value modulo 32 768.
    package init(_ value: Int) {
        rawValue = UInt16(truncatingIfNeeded: value & 0x7FFF)
    }

    /// The number that comes `count` later.
    package func advanced(by count: Int) -> SequenceNumber {
        SequenceNumber(Int(rawValue) + count)
    }

    /// How many steps forward lead from `earlier` to here, 0...32 767.
    package func distance(from earlier: SequenceNumber) -> Int {
        (Int(rawValue) - Int(earlier.rawValue)) & 0x7FFF
    }

    package var description: String { String(rawValue) }
}
