import NIOCore

/// M_ME_TC_1, type identification 14: measured value, short floating point number with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.14).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | R32 |
/// | 5 | QDS |
/// | 6...8 | CP24Time2a |
package struct M_ME_TC_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_TC_1 }
    package static var encodedSize: Int { 8 }

    /// R32.
    package var value: Float
    /// QDS.
    package var quality: QualityDescriptor
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(value: Float, quality: QualityDescriptor, time: CP24Time2a) {
        self.value = value
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Float(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
