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

    package static let localPowerOn = CauseOfInitialization(rawValue: 0)
    package static let remoteReset = CauseOfInitialization(rawValue: 2)
    /// Local parameters were changed while the station was on.
    package static let changedParameters = CauseOfInitialization(rawValue: 0x80)

    /// 0 local power on, 1 local manual reset, 2 remote reset.
    package var cause: UInt8 { rawValue & 0x7F }
    /// True if local parameters were changed.
    package var parametersChanged: Bool { rawValue & 0x80 != 0 }
}
