import NIOCore

/// C_CS_NA_1, type identification 103: clock synchronization command (IEC 60870-5-101, 7.3.4.4).
///
/// | octets | element |
/// |---|---|
/// | 1...7 | CP56Time2a |
package struct C_CS_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_CS_NA_1 }
    package static var encodedSize: Int { 7 }

    /// CP56Time2a.
    package var time: CP56Time2a

    package init(time: CP56Time2a) {
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        time.encode(into: &buffer)
    }
}
