import NIOCore

/// M_ST_TA_1, type identification 6: step position information with time tag CP24Time2a (IEC 60870-5-101, 7.3.1.6).
///
/// | octets | element |
/// |---|---|
/// | 1 | VTI |
/// | 2 | QDS |
/// | 3...5 | CP24Time2a |
package struct M_ST_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ST_TA_1 }
    package static var encodedSize: Int { 5 }

    /// VTI.
    package var position: StepPosition
    /// QDS.
    package var quality: QualityDescriptor
    /// CP24Time2a.
    package var time: CP24Time2a

    package init(position: StepPosition, quality: QualityDescriptor, time: CP24Time2a) {
        self.position = position
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        position = try StepPosition(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP24Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        position.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
