/// COI: cause of initialization (IEC 60870-5-101, 7.2.6.21).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | parameters changed | cause | | | | | | |
package struct CauseOfInitialization: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// 0 local power on, 1 local manual reset, 2 remote reset.
    package var cause: UInt8 { rawValue & 0x7F }
    /// True if local parameters were changed.
    package var parametersChanged: Bool { rawValue & 0x80 != 0 }
}
