import NIOCore

/// M_ST_NA_1, type identification 5: step position information (IEC 60870-5-101, 7.3.1.5).
///
/// | octets | element |
/// |---|---|
/// | 1 | VTI |
/// | 2 | QDS |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_ST_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_ST_NA_1 }
    package static var encodedSize: Int { 2 }
    package static var allowsSequence: Bool { true }

    /// VTI.
    package var position: StepPosition
    /// QDS.
    package var quality: QualityDescriptor

    package init(position: StepPosition, quality: QualityDescriptor) {
        self.position = position
        self.quality = quality
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        position = try StepPosition(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        position.encode(into: &buffer)
        quality.encode(into: &buffer)
    }
}
