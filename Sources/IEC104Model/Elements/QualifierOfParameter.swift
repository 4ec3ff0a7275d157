/// QPM: qualifier of parameter of measured values (IEC 60870-5-101, 7.2.6.24).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | POP | LPC | KPA | KPA | KPA | KPA | KPA | KPA |
package struct QualifierOfParameter: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// KPA: 1 threshold, 2 smoothing factor, 3 low limit, 4 high limit.
    package var kind: UInt8 { rawValue & 0x3F }
}
