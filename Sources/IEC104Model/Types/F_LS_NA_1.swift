import NIOCore

/// F_LS_NA_1, type identification 123: last section, last segment (IEC 60870-5-101, 7.3.6.4).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NOF, name of file |
/// | 3 | NOS, name of section |
/// | 4 | LSQ |
/// | 5 | CHS, sum of all octets modulo 256 |
package struct F_LS_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .F_LS_NA_1 }
    package static var encodedSize: Int { 5 }

    /// NOF, name of file.
    package var fileName: UInt16
    /// NOS, name of section.
    package var sectionName: UInt8
    /// LSQ.
    package var qualifier: LastSectionOrSegmentQualifier
    /// CHS, sum of all octets modulo 256.
    package var checksum: UInt8

    package init(fileName: UInt16, sectionName: UInt8, qualifier: LastSectionOrSegmentQualifier, checksum: UInt8) {
        self.fileName = fileName
        self.sectionName = sectionName
        self.qualifier = qualifier
        self.checksum = checksum
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        fileName = try UInt16(decoding: &buffer)
        sectionName = try UInt8(decoding: &buffer)
        qualifier = try LastSectionOrSegmentQualifier(decoding: &buffer)
        checksum = try UInt8(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        fileName.encode(into: &buffer)
        sectionName.encode(into: &buffer)
        qualifier.encode(into: &buffer)
        checksum.encode(into: &buffer)
    }
}
