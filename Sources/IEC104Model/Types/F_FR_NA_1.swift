import NIOCore

/// F_FR_NA_1, type identification 120: file ready (IEC 60870-5-101, 7.3.6.1).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NOF, name of file |
/// | 3...5 | length in octets |
/// | 6 | FRQ |
package struct F_FR_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .F_FR_NA_1 }
    package static var encodedSize: Int { 6 }

    /// NOF, name of file.
    package var fileName: UInt16
    /// length in octets.
    package var length: UInt24
    /// FRQ.
    package var qualifier: FileReadyQualifier

    package init(fileName: UInt16, length: UInt24, qualifier: FileReadyQualifier) {
        self.fileName = fileName
        self.length = length
        self.qualifier = qualifier
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        fileName = try UInt16(decoding: &buffer)
        length = try UInt24(decoding: &buffer)
        qualifier = try FileReadyQualifier(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        fileName.encode(into: &buffer)
        length.encode(into: &buffer)
        qualifier.encode(into: &buffer)
    }
}
