import NIOCore

/// F_AF_NA_1, type identification 124: acknowledge file, acknowledge section (IEC 60870-5-101, 7.3.6.5).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NOF, name of file |
/// | 3 | NOS, name of section |
/// | 4 | AFQ |
package struct F_AF_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .F_AF_NA_1 }
    package static var encodedSize: Int { 4 }

    /// NOF, name of file.
    package var fileName: UInt16
    /// NOS, name of section.
    package var sectionName: UInt8
    /// AFQ.
    package var qualifier: AcknowledgeFileOrSectionQualifier

    package init(fileName: UInt16, sectionName: UInt8, qualifier: AcknowledgeFileOrSectionQualifier) {
        self.fileName = fileName
        self.sectionName = sectionName
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        fileName = try UInt16(decoding: &buffer)
        sectionName = try UInt8(decoding: &buffer)
        qualifier = try AcknowledgeFileOrSectionQualifier(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        fileName.encode(into: &buffer)
        sectionName.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
