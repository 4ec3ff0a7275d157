import NIOCore

/// C_CI_NA_1, type identification 101: counter interrogation command (IEC 60870-5-101, 7.3.4.2).
///
/// | octets | element |
/// |---|---|
/// | 1 | QCC |
package struct C_CI_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_CI_NA_1 }
    package static var encodedSize: Int { 1 }

    /// QCC.
    package var qualifier: QualifierOfCounterInterrogation

    package init(qualifier: QualifierOfCounterInterrogation) {
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        qualifier = try QualifierOfCounterInterrogation(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        qualifier.encode(into: &buffer)
    }
}
