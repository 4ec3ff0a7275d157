import NIOCore

/// C_SE_NA_1, type identification 48: set-point command, normalized value (IEC 60870-5-101, 7.3.2.4).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NVA |
/// | 3 | QOS |
package struct C_SE_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_SE_NA_1 }
    package static var encodedSize: Int { 3 }

    /// NVA.
    package var value: NormalizedValue
    /// QOS.
    package var qualifier: QualifierOfSetPoint

    package init(value: NormalizedValue, qualifier: QualifierOfSetPoint) {
        self.value = value
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try NormalizedValue(decoding: &buffer)
        qualifier = try QualifierOfSetPoint(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
