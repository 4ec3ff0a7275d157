import NIOCore

/// P_ME_NC_1, type identification 112: parameter of measured value, short floating point number (IEC 60870-5-101, 7.3.5.3).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | R32 |
/// | 5 | QPM |
package struct P_ME_NC_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .P_ME_NC_1 }
    package static var encodedSize: Int { 5 }

    /// R32.
    package var value: Float
    /// QPM.
    package var qualifier: QualifierOfParameter

    package init(value: Float, qualifier: QualifierOfParameter) {
        self.value = value
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Float(decoding: &buffer)
        qualifier = try QualifierOfParameter(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
