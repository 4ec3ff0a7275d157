import NIOCore

/// M_ST_TB_1, type identification 32: step position information with time tag CP56Time2a (IEC 60870-5-101, 7.3.1.24).
///
/// | octets | element |
/// |---|---|
/// | 1 | VTI |
/// | 2 | QDS |
/// | 3...9 | CP56Time2a |
package struct M_ST_TB_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ST_TB_1 }
    package static var encodedSize: Int { 9 }

    /// VTI.
    package var position: StepPosition
    /// QDS.
    package var quality: QualityDescriptor
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(position: StepPosition, quality: QualityDescriptor, time: CP56Time2a) {
        self.position = position
        self.quality = quality
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        position = try StepPosition(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        position.encode(into: &buffer)
        quality.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
