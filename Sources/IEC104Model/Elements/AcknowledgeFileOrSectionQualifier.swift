/// AFQ: acknowledge file or section qualifier (IEC 60870-5-101, 7.2.6.32).
///
/// All bits are kept; the file transfer procedures give them their meaning.
package struct AcknowledgeFileOrSectionQualifier: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
