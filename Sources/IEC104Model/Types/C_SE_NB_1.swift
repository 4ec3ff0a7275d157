import NIOCore

/// C_SE_NB_1, type identification 49: set-point command, scaled value (IEC 60870-5-101, 7.3.2.5).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | SVA |
/// | 3 | QOS |
package struct C_SE_NB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SE_NB_1 }
    package static var encodedSize: Int { 3 }

    /// SVA.
    package var value: Int16
    /// QOS.
    package var qualifier: QualifierOfSetPoint

    package init(value: Int16, qualifier: QualifierOfSetPoint) {
        self.value = value
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Int16(decoding: &buffer)
        qualifier = try QualifierOfSetPoint(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
