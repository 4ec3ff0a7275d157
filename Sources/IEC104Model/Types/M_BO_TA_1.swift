import NIOCore

/// M_BO_TA_1, type identification 8: bitstring of 32 bits with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.8).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | BSI |
/// | 5 | QDS |
/// | 6...8 | CP24Time2a |
package struct M_BO_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_BO_TA_1 }
    package static var encodedSize: Int { 8 }

    /// BSI.
    package var bits: UInt32
    /// QDS.
    package var quality: QualityDescriptor
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(bits: UInt32, quality: QualityDescriptor, time: CP24Time2a) {
        self.bits = bits
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        bits = try UInt32(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        bits.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
