/// SEP: single event of protection equipment (IEC 60870-5-101, 7.2.6.10).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | IV | NT | SB | BL | EI | 0 | ES | ES |
package struct SingleEventOfProtection: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Event state: indeterminate, off, on, indeterminate.
    package var state: DoublePointState { DoublePointState(rawValue: rawValue & 3) ?? .indeterminate }
    /// EI, BL, SB, NT, IV.
    package var quality: QualityDescriptor { QualityDescriptor(rawValue: rawValue & 0xF8) }
}
