/// How what came out differs from what was recorded. The raw value is its name in reports.
package enum DifferenceKind: String, Hashable, Sendable, CaseIterable {
    case type
    case value
    case quality
    /// Cause of transmission, or the P/N bit.
    case cause
    case time
    /// Never received.
    case missing
    /// Received, but not in its turn.
    case order
    /// Received, but not fed in, or twice.
    case unexpected
    /// The connection ended before its time.
    case connection
    /// The interrogation as a whole was refused, or not answered.
    case interrogation
}
