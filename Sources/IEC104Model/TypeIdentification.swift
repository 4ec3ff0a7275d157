/// Type identification: the first octet of an ASDU (IEC 60870-5-101, 7.2.1; IEC 60870-5-104, clause 6).
///
/// Any octet can be held; `isDefined` tells those that the standards give a meaning.
package struct TypeIdentification: RawRepresentable, Hashable, Comparable, Sendable {
    /// 0...255; 1...127 are for standard definitions.
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Written out because the one that `RawRepresentable` brings isn't specialised across modules.
    @inlinable
    package static func == (left: TypeIdentification, right: TypeIdentification) -> Bool {
        left.rawValue == right.rawValue
    }

    package static func < (left: TypeIdentification, right: TypeIdentification) -> Bool {
        left.rawValue < right.rawValue
    }

    /// True if the standards define the type.
    package var isDefined: Bool { mnemonic != nil }

    /// True for process information in monitor direction, 1...40.
    package var isProcessInformation: Bool { (1...40).contains(rawValue) && isDefined }

    /// True for process information in control direction: commands, 45...51 and 58...64.
    package var isCommand: Bool { (45...51).contains(rawValue) || (58...64).contains(rawValue) }

    /// True if each information object carries a CP24Time2a or CP56Time2a.
    package var hasTimeTag: Bool {
        switch rawValue {
        case 2, 4, 6, 8, 10, 12, 14, 16...19, 30...40, 58...64: true
        default: false
        }
    }

    /// The type that carries the same without time tag: 13 for 36, 45 for 58; itself where there is none.
    package var withoutTimeTag: TypeIdentification {
        switch rawValue {
        case 2, 4, 6, 8, 10, 12, 14, 16: TypeIdentification(rawValue: rawValue - 1)
        case 30...37: TypeIdentification(rawValue: (rawValue - 30) * 2 + 1)
        case 58...64: TypeIdentification(rawValue: rawValue - 13)
        default: self
        }
    }

    /// The type that carries the same with CP56Time2a: 36 for 13, 58 for 45; nil where there is none.
    package var withCP56Time2a: TypeIdentification? {
        switch rawValue {
        case 1...16: TypeIdentification(rawValue: 30 + (rawValue - 1) / 2)
        case 17...19: TypeIdentification(rawValue: rawValue + 21)
        case 45...51: TypeIdentification(rawValue: rawValue + 13)
        case 30...40, 58...64: self
        default: nil
        }
    }
}

extension TypeIdentification: CustomStringConvertible {
    /// The standard's name, `"M_ME_TF_1"`; nil for undefined types.
    package var mnemonic: String? { Self.mnemonics[rawValue] }

    /// The type with this standard name; upper and lower case mean the same. Nil for names that don't exist.
    package init?(mnemonic: String) {
        guard let number = Self.numbers[mnemonic.uppercased()] else { return nil }
        self.init(rawValue: number)
    }

    /// `M_ME_TF_1 (36)`, or `type 200`.
    package var description: String { mnemonic.map { "\($0) (\(rawValue))" } ?? "type \(rawValue)" }

    private static let numbers = Dictionary(uniqueKeysWithValues: mnemonics.map { ($1, $0) })
}
