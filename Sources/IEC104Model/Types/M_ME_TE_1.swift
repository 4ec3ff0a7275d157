import NIOCore

/// M_ME_TE_1, type identification 35: measured value, scaled value with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.27).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | SVA |
/// | 3 | QDS |
/// | 4...10 | CP56Time2a |
package struct M_ME_TE_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ME_TE_1 }
    package static var encodedSize: Int { 10 }

    /// SVA.
    package var value: Int16
    /// QDS.
    package var quality: QualityDescriptor
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(value: Int16, quality: QualityDescriptor, time: CP56Time2a) {
        self.value = value
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try Int16(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        value.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
