import NIOCore

/// M_BO_TB_1, type identification 33: bitstring of 32 bits with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.25).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | BSI |
/// | 5 | QDS |
/// | 6...12 | CP56Time2a |
package struct M_BO_TB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_BO_TB_1 }
    package static var encodedSize: Int { 12 }

    /// BSI.
    package var bits: UInt32
    /// QDS.
    package var quality: QualityDescriptor
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(bits: UInt32, quality: QualityDescriptor, time: CP56Time2a) {
        self.bits = bits
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        bits = try UInt32(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        bits.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
