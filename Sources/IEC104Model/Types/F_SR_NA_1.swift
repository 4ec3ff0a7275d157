import NIOCore

/// F_SR_NA_1, type identification 121: section ready (IEC 60870-5-101, 7.3.6.2).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NOF, name of file |
/// | 3 | NOS, name of section |
/// | 4...6 | length in octets |
/// | 7 | SRQ |
package struct F_SR_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .F_SR_NA_1 }
    package static var encodedSize: Int { 7 }

    /// NOF, name of file.
    package var fileName: UInt16
    /// NOS, name of section.
    package var sectionName: UInt8
    /// length in octets.
    package var length: UInt24
    /// SRQ.
    package var qualifier: SectionReadyQualifier

    package init(fileName: UInt16, sectionName: UInt8, length: UInt24, qualifier: SectionReadyQualifier) {
        self.fileName = fileName
        self.sectionName = sectionName
        self.length = length
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        fileName = try UInt16(decoding: &buffer)
        sectionName = try UInt8(decoding: &buffer)
        length = try UInt24(decoding: &buffer)
        qualifier = try SectionReadyQualifier(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        fileName.encode(into: &buffer)
        sectionName.encode(into: &buffer)
        length.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
