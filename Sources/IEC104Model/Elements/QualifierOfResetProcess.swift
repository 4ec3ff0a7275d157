/// QRP: qualifier of reset process command (IEC 60870-5-101, 7.2.6.27).
///
/// 1 general reset, 2 reset of time-tagged information in the event buffer.
package struct QualifierOfResetProcess: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
