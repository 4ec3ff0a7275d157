import NIOCore

/// M_ME_TF_1, type identification 36: measured value, short floating point number with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.28).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | R32 |
/// | 5 | QDS |
/// | 6...12 | CP56Time2a |
package struct M_ME_TF_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_TF_1 }
    package static var encodedSize: Int { 12 }

    /// R32.
    package var value: Float
    /// QDS.
    package var quality: QualityDescriptor
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(value: Float, quality: QualityDescriptor, time: CP56Time2a) {
        self.value = value
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Float(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
