/// SRQ: section ready qualifier (IEC 60870-5-101, 7.2.6.29).
///
/// All bits are kept; the file transfer procedures give them their meaning.
package struct SectionReadyQualifier: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
