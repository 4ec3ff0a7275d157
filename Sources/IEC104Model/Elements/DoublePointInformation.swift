/// DIQ: double-point information with quality descriptor (IEC 60870-5-101, 7.2.6.2).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | IV | NT | SB | BL | 0 | 0 | DPI | DPI |
package struct DoublePointInformation: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The quality bits BL, SB, NT and IV go into the upper half; others have no place here.
    package init(state: DoublePointState, quality: QualityDescriptor = .good) {
        self.init(rawValue: quality.rawValue & 0xF0 | state.rawValue)
    }

    /// DPI.
    package var state: DoublePointState { DoublePointState(rawValue: rawValue & 3) ?? .indeterminate }
    /// BL, SB, NT, IV.
    package var quality: QualityDescriptor { QualityDescriptor(rawValue: rawValue & 0xF0) }
}
