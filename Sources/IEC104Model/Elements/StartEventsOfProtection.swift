/// SPE: start events of protection equipment (IEC 60870-5-101, 7.2.6.11).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | 0 | 0 | SRD | SIE | SL3 | SL2 | SL1 | GS |
package struct StartEventsOfProtection: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
