import IEC104Model

/// What a command wants.
package enum CommandValue: Hashable, Sendable {
    /// Types 45, 58: true is on.
    case single(Bool)
    /// Types 46, 59: true is on.
    case double(Bool)
    /// Types 47, 60: true is higher.
    case step(Bool)
    /// Types 48, 61.
    case normalized(NormalizedValue)
    /// Types 49, 62.
    case scaled(Int16)
    /// Types 50, 63.
    case shortFloat(Float)
    /// Types 51, 64.
    case bitstring(UInt32)

    /// The number of a set-point; nil for other commands.
    package var number: Double? {
        switch self {
        case .normalized(let value): value.value
        case .scaled(let value): Double(value)
        case .shortFloat(let value): Double(value)
        default: nil
        }
    }
}
