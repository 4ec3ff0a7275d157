import NIOCore

/// C_IC_NA_1, type identification 100: interrogation command (IEC 60870-5-101, 7.3.4.1).
///
/// | octets | element |
/// |---|---|
/// | 1 | QOI |
package struct C_IC_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_IC_NA_1 }
    package static var encodedSize: Int { 1 }

    /// QOI.
    package var qualifier: QualifierOfInterrogation

    package init(qualifier: QualifierOfInterrogation) {
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        qualifier = try QualifierOfInterrogation(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        qualifier.encode(into: &buffer)
    }
}
