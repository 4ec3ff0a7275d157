import NIOCore

/// P_AC_NA_1, type identification 113: parameter activation (IEC 60870-5-101, 7.3.5.4).
///
/// | octets | element |
/// |---|---|
/// | 1 | QPA |
package struct P_AC_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .P_AC_NA_1 }
    package static var encodedSize: Int { 1 }

    /// QPA.
    package var qualifier: QualifierOfParameterActivation

    package init(qualifier: QualifierOfParameterActivation) {
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        qualifier = try QualifierOfParameterActivation(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        qualifier.encode(into: &buffer)
    }
}
