import NIOCore

/// F_DR_TA_1, type identification 126: directory (IEC 60870-5-101, 7.3.6.7).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | NOF, name of file |
/// | 3...5 | length in octets |
/// | 6 | SOF |
/// | 7...13 | creation time of the file |
///
/// May be sent as a sequence of elements (SQ = 1).
package struct F_DR_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .F_DR_TA_1 }
    package static var encodedSize: Int { 13 }
    package static var allowsSequence: Bool { true }

    /// NOF, name of file.
    package var fileName: UInt16
    /// length in octets.
    package var length: UInt24
    /// SOF.
    package var status: StatusOfFile
    /// creation time of the file.
    package var creationTime: CP56Time2a

    package init(fileName: UInt16, length: UInt24, status: StatusOfFile, creationTime: CP56Time2a) {
        self.fileName = fileName
        self.length = length
        self.status = status
        self.creationTime = creationTime
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        fileName = try UInt16(decoding: &buffer)
        length = try UInt24(decoding: &buffer)
        status = try StatusOfFile(decoding: &buffer)
        creationTime = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        fileName.encode(into: &buffer)
        length.encode(into: &buffer)
        status.encode(into: &buffer)
        creationTime.encode(into: &buffer)
    }
}
