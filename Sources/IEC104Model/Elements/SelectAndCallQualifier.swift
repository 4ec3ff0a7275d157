/// SCQ: select and call qualifier (IEC 60870-5-101, 7.2.6.30).
///
/// All bits are kept; the file transfer procedures give them their meaning.
package struct SelectAndCallQualifier: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}
