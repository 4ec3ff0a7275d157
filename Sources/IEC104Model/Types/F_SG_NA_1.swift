import NIOCore

/// F_SG_NA_1, type identification 125: segment (IEC 60870-5-101, 7.3.6.6).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NOF, name of file |
/// | 3 | NOS, name of section |
/// | 4 | LOS, length of segment n, 0...236 |
/// | 5...4+n | octets of the file |
///
/// The only type whose information object has no fixed size.
package struct F_SG_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .F_SG_NA_1 }
    /// Without the octets of the file.
    package static var encodedSize: Int { 4 }

    /// NOF, name of file.
    package var fileName: UInt16
    /// NOS, name of section.
    package var sectionName: UInt8
    /// The octets of the segment, at most 255.
    package var segment: ByteBuffer

    package init(fileName: UInt16, sectionName: UInt8, segment: ByteBuffer) {
        self.fileName = fileName
        self.sectionName = sectionName
        self.segment = segment
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        fileName = try buffer.decode(UInt16.self)
        sectionName = try buffer.decode(UInt8.self)
        let length = Int(try buffer.decode(UInt8.self))
        guard let segment = buffer.readSlice(length: length) else {
            throw .tooShort(type: Self.typeIdentification, expected: length, actual: buffer.readableBytes)
        }
        self.segment = segment
    }

    package func encode(into buffer: inout ByteBuffer) {
        fileName.encode(into: &buffer)
        sectionName.encode(into: &buffer)
        buffer.writeInteger(UInt8(truncatingIfNeeded: min(segment.readableBytes, 255)))
        buffer.writeImmutableBuffer(
            segment.getSlice(at: segment.readerIndex, length: min(segment.readableBytes, 255)) ?? segment)
    }
}
