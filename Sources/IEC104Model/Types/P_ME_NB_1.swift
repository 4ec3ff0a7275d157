import NIOCore

/// P_ME_NB_1, type identification 111: parameter of measured value, scaled value (IEC 60870-5-101, 7.3.5.2).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | SVA |
/// | 3 | QPM |
package struct P_ME_NB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .P_ME_NB_1 }
    package static var encodedSize: Int { 3 }

    /// SVA.
    package var value: Int16
    /// QPM.
    package var qualifier: QualifierOfParameter

    package init(value: Int16, qualifier: QualifierOfParameter) {
        self.value = value
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Int16(decoding: &buffer)
        qualifier = try QualifierOfParameter(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
