/// QCC: qualifier of counter interrogation (IEC 60870-5-101, 7.2.6.23).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | FRZ | FRZ | RQT | RQT | RQT | RQT | RQT | RQT |
package struct QualifierOfCounterInterrogation: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// RQT: 1...4 counter groups, 5 general.
    package var request: UInt8 { rawValue & 0x3F }
    /// FRZ: 0 read, 1 freeze, 2 freeze with reset, 3 reset.
    package var freeze: UInt8 { rawValue >> 6 }
}
