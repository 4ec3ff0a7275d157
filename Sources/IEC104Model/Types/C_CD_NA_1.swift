import NIOCore

/// C_CD_NA_1, type identification 106: delay acquisition command (IEC 60870-5-101, 7.3.4.7).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | CP16Time2a |
package struct C_CD_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_CD_NA_1 }
    package static var encodedSize: Int { 2 }

    /// CP16Time2a.
    package var delay: CP16Time2a

    package init(delay: CP16Time2a) {
        self.delay = delay
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        delay = try CP16Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        delay.encode(into: &buffer)
    }
}
