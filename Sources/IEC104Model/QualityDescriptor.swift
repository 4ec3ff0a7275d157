/// Quality of a value, one bit a property (QDS: IEC 60870-5-101, 7.2.6.3; QDP: 7.2.6.4).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | IV | NT | SB | BL | EI (QDP only) | reserved | reserved | OV |
package struct QualityDescriptor: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// OV: the value is beyond its range.
    package static let overflow = QualityDescriptor(rawValue: 0x01)
    /// EI: the elapsed time is not valid; protection equipment only.
    package static let elapsedTimeInvalid = QualityDescriptor(rawValue: 0x08)
    /// BL: transmission is blocked, the value is the one before.
    package static let blocked = QualityDescriptor(rawValue: 0x10)
    /// SB: provided by an operator or an automatic source.
    package static let substituted = QualityDescriptor(rawValue: 0x20)
    /// NT: not updated lately.
    package static let notTopical = QualityDescriptor(rawValue: 0x40)
    /// IV: not acquired correctly.
    package static let invalid = QualityDescriptor(rawValue: 0x80)
    /// No bit set.
    package static let good: QualityDescriptor = []

    private static let names: [(QualityDescriptor, String)] = [
        (.overflow, "OV"), (.elapsedTimeInvalid, "EI"), (.blocked, "BL"), (.substituted, "SB"), (.notTopical, "NT"),
        (.invalid, "IV"),
    ]

    /// The standard's abbreviations of the bits that are set, OV first.
    package var abbreviations: [String] {
        Self.names.filter { contains($0.0) }.map(\.1)
    }

    /// The bit with this abbreviation; nil for others.
    package init?(abbreviation: String) {
        let upper = abbreviation.uppercased()
        guard let bit = Self.names.first(where: { $0.1 == upper })?.0 else { return nil }
        self = bit
    }
}
