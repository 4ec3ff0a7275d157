import IEC104Model

/// Why something that a controlled station said can't come out of a connector that is fed with it. The raw value is its
/// name in reports.
package enum Exclusion: String, Hashable, Sendable, CaseIterable {
    case commandReply = "command-reply"
    case system
    case fileTransfer = "file-transfer"
    case shortTimeTag = "short-time-tag"
    case protection
    case malformed
    case cause
    case negative
    case test
    case counter
    case direction
    case older

    /// What it is, and why it stays behind.
    package var title: String {
        switch self {
        case .commandReply: "answers to commands (types 45...64): they say nothing of a point"
        case .system: "system information and parameters (types 70 and 100...113): the connector's own affair"
        case .fileTransfer: "file transfer (types 120...127): the connector has none"
        case .shortTimeTag: "types with CP24Time2a, which IEC 60870-5-104 leaves out: the connector serves none"
        case .protection: "events of protection equipment (types 17...19, 38...40): the connector serves none"
        case .malformed: "APDUs and ASDUs that make no sense"
        case .cause: "causes of transmission that don't exist (0, 48...63): a data point has 1...47"
        case .negative: "values with a negative confirmation (P/N): a data point has none"
        case .test: "values with the test bit: a data point has none"
        case .counter: "counters in a general interrogation, other values in one of counters: against the standard"
        case .direction: "values that went to the controlled station: against the standard"
        case .older:
            "interrogation answers with a time tag before that of a value seen before: an image holds the newest"
        }
    }

    /// Nil for a type whose values a connector serves.
    init?(_ type: TypeIdentification) {
        switch type.rawValue {
        case 45...64: self = .commandReply
        case 70, 100...113: self = .system
        case 120...127: self = .fileTransfer
        case 2, 4, 6, 8, 10, 12, 14, 16: self = .shortTimeTag
        case 17...19, 38...40: self = .protection
        case 1...40 where type.isDefined: return nil
        default: self = .malformed
        }
    }
}
