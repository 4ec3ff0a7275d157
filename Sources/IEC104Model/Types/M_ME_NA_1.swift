import NIOCore

/// M_ME_NA_1, type identification 9: measured value, normalized value (IEC 60870-5-101, 7.3.1.9).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NVA |
/// | 3 | QDS |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_ME_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_NA_1 }
    package static var encodedSize: Int { 3 }
    package static var allowsSequence: Bool { true }

    /// NVA.
    package var value: NormalizedValue
    /// QDS.
    package var quality: QualityDescriptor

    package init(value: NormalizedValue, quality: QualityDescriptor) {
        self.value = value
        self.quality = quality
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try NormalizedValue(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        quality.encode(into: &buffer)
    }
}
