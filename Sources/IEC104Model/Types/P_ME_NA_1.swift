import NIOCore

/// P_ME_NA_1, type identification 110: parameter of measured value, normalized value (IEC 60870-5-101, 7.3.5.1).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NVA |
/// | 3 | QPM |
package struct P_ME_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .P_ME_NA_1 }
    package static var encodedSize: Int { 3 }

    /// NVA.
    package var value: NormalizedValue
    /// QPM.
    package var qualifier: QualifierOfParameter

    package init(value: NormalizedValue, qualifier: QualifierOfParameter) {
        self.value = value
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try NormalizedValue(decoding: &buffer)
        qualifier = try QualifierOfParameter(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
