import NIOCore

/// C_TS_NA_1, type identification 104: test command (IEC 60870-5-101, 7.3.4.5).
///
/// | octets | element |
/// |---|---|
/// | 1...2 | FBP, 0x55AA |
package struct C_TS_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_TS_NA_1 }
    package static var encodedSize: Int { 2 }

    /// FBP, 0x55AA.
    package var pattern: UInt16

    package init(pattern: UInt16) {
        self.pattern = pattern
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        pattern = try UInt16(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        pattern.encode(into: &buffer)
    }
}
