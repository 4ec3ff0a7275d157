import NIOCore

/// C_SE_NC_1, type identification 50: set-point command, short floating point number (IEC 60870-5-101, 7.3.2.6).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | R32 |
/// | 5 | QOS |
package struct C_SE_NC_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SE_NC_1 }
    package static var encodedSize: Int { 5 }

    /// R32.
    package var value: Float
    /// QOS.
    package var qualifier: QualifierOfSetPoint

    package init(value: Float, qualifier: QualifierOfSetPoint) {
        self.value = value
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Float(decoding: &buffer)
        qualifier = try QualifierOfSetPoint(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
