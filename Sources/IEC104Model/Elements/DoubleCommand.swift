/// DCO: double command (IEC 60870-5-101, 7.2.6.16).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | S/E | QU | QU | QU | QU | QU | DCS | DCS |
package struct DoubleCommand: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// S/E: true selects, false executes.
    package var isSelect: Bool { rawValue & 0x80 != 0 }
    /// QU, 0...31: 0 none, 1 short pulse, 2 long pulse, 3 persistent.
    package var qualifier: UInt8 { rawValue >> 2 & 0x1F }
    /// DCS: 1 off, 2 on; 0 and 3 are not permitted.
    package var state: UInt8 { rawValue & 3 }
}
