import NIOCore

/// M_ME_NB_1, type identification 11: measured value, scaled value (IEC 60870-5-101, 7.3.1.11).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | SVA |
/// | 3 | QDS |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_ME_NB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_NB_1 }
    package static var encodedSize: Int { 3 }
    package static var allowsSequence: Bool { true }

    /// SVA.
    package var value: Int16
    /// QDS.
    package var quality: QualityDescriptor

    package init(value: Int16, quality: QualityDescriptor) {
        self.value = value
        self.quality = quality
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Int16(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        quality.encode(into: &buffer)
    }
}
