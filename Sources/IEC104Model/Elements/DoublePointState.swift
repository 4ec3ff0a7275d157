/// DPI: the two bits of a double point (IEC 60870-5-101, 7.2.6.2).
package enum DoublePointState: UInt8, Hashable, Sendable, CaseIterable {
    /// Between the end positions.
    case intermediate
    /// Determined off.
    case off
    /// Determined on.
    case on
    /// Neither is known.
    case indeterminate
}
