import IEC104Model

extension CommandValue {
    /// A text that is no value of a command of this type.
    package struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        package let text: String
        package let type: TypeIdentification
        package let expectation: String

        package var description: String { "\"\(text)\" is no value for \(type): \(expectation) is expected" }
    }

    /// Reads a value as a person writes it. Upper and lower case mean the same.
    ///
    /// - Parameters:
    ///   - text: `on`, `off`, `higher`, `0.5`, `0xFF`, ..., as the type asks for. A normalized value is brought to the nearest
    ///     one that can be sent.
    ///   - type: 45...51 or 58...64.
    /// - Throws: `Fault`.
    package init(_ text: String, type: TypeIdentification) throws(Fault) {
        guard let value = Self.value(text.lowercased(), type.withoutTimeTag) else {
            throw Fault(text: text, type: type, expectation: Self.expectation(type.withoutTimeTag))
        }
        self = value
    }

    private static func value(_ text: String, _ type: TypeIdentification) -> CommandValue? {
        switch type {
        case .C_SC_NA_1:
            ["on": true, "true": true, "1": true, "off": false, "false": false, "0": false][text].map { .single($0) }
        case .C_DC_NA_1: ["on": true, "2": true, "off": false, "1": false][text].map { .double($0) }
        case .C_RC_NA_1:
            ["higher": true, "2": true, "lower": false, "1": false][text].map { .step(isHigher: $0) }
        case .C_SE_NA_1:
            Double(text).flatMap { number in
                -1...NormalizedValue.maximum ~= number ? .normalized(NormalizedValue(clamping: number)) : nil
            }
        case .C_SE_NB_1: Int16(text).map { .scaled($0) }
        case .C_SE_NC_1: Float(text).flatMap { $0.isFinite ? .shortFloat($0) : nil }
        case .C_BO_NA_1:
            (text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)).map { .bitstring($0) }
        default: nil
        }
    }

    private static func expectation(_ type: TypeIdentification) -> String {
        switch type {
        case .C_SC_NA_1: "on, off, true, false, 1 or 0"
        case .C_DC_NA_1: "on, off, 2 (on) or 1 (off)"
        case .C_RC_NA_1: "higher, lower, 2 (higher) or 1 (lower)"
        case .C_SE_NA_1: "a number from -1 to 1 - 2^-15 (\(NormalizedValue.maximum))"
        case .C_SE_NB_1: "a whole number from -32768 to 32767"
        case .C_SE_NC_1: "a finite number of single precision"
        case .C_BO_NA_1: "a whole number from 0 to 4294967295, or 0x with up to eight hexadecimal digits,"
        default: "a type of command, 45...51 or 58...64,"
        }
    }
}
