import NIOCore

/// M_PS_NA_1, type identification 20: packed single-point information with status change detection (IEC 60870-5-101, 7.3.1.20).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | SCD |
/// | 5 | QDS |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct M_PS_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .M_PS_NA_1 }
    package static var encodedSize: Int { 5 }
    package static var allowsSequence: Bool { true }

    /// SCD.
    package var points: StatusChangeDetection
    /// QDS.
    package var quality: QualityDescriptor

    package init(points: StatusChangeDetection, quality: QualityDescriptor) {
        self.points = points
        self.quality = quality
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        points = try StatusChangeDetection(decoding: &buffer)
        quality = try QualityDescriptor(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        points.encode(into: &buffer)
        quality.encode(into: &buffer)
    }
}
