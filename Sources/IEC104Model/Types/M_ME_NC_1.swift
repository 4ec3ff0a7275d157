import NIOCore

/// M_ME_NC_1, type identification 13: measured value, short floating point number (IEC 60870-5-101, 7.3.1.13).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | R32 |
/// | 5 | QDS |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_ME_NC_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_NC_1 }
    package static var encodedSize: Int { 5 }
    package static var allowsSequence: Bool { true }

    /// R32.
    package var value: Float
    /// QDS.
    package var quality: QualityDescriptor

    package init(value: Float, quality: QualityDescriptor) {
        self.value = value
        self.quality = quality
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Float(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        quality.encode(into: &buffer)
    }
}
