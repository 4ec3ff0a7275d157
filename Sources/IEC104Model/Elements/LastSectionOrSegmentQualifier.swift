/// LSQ: last section or segment qualifier (IEC 60870-5-101, 7.2.6.31).
///
/// All bits are kept; the file transfer procedures give them their meaning.
package struct LastSectionOrSegmentQualifier: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
