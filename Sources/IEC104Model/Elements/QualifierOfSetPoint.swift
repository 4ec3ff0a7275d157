/// QOS: qualifier of set-point command (IEC 60870-5-101, 7.2.6.39).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | S/E | QL | | | | | | |
package struct QualifierOfSetPoint: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// S/E: true selects, false executes.
    package var isSelect: Bool { rawValue & 0x80 != 0 }
    /// QL, 0...127: 0 is the default.
    package var qualifier: UInt8 { rawValue & 0x7F }
}
