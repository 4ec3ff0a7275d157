import NIOCore

/// M_BO_NA_1, type identification 7: bitstring of 32 bits (IEC 60870-5-101, 7.3.1.7).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | BSI |
/// | 5 | QDS |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_BO_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_BO_NA_1 }
    package static var encodedSize: Int { 5 }
    package static var allowsSequence: Bool { true }

    /// BSI.
    package var bits: UInt32
    /// QDS.
    package var quality: QualityDescriptor

    package init(bits: UInt32, quality: QualityDescriptor) {
        self.bits = bits
        self.quality = quality
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        bits = try UInt32(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        bits.encode(into: &buffer)
        quality.encode(into: &buffer)
    }
}
