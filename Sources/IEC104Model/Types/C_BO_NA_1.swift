import NIOCore

/// C_BO_NA_1, type identification 51: bitstring of 32 bits, command (IEC 60870-5-101, 7.3.2.7).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | BSI |
package struct C_BO_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_BO_NA_1 }
    package static var encodedSize: Int { 4 }

    /// BSI.
    package var bits: UInt32

    package init(bits: UInt32) {
        self.bits = bits
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        bits = try UInt32(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        bits.encode(into: &buffer)
    }
}
