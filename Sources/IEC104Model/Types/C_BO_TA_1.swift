import NIOCore

/// C_BO_TA_1, type identification 64: bitstring of 32 bits, command with time tag CP56Time2a (IEC 60870-5-104, clause 8).
///
/// | octets | element |
/// |---|---|
/// | 1...4 | BSI |
/// | 5...11 | CP56Time2a |
package struct C_BO_TA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_BO_TA_1 }
    package static var encodedSize: Int { 11 }

    /// BSI.
    package var bits: UInt32
    /// CP56Time2a.
    package var time: CP56Time2a

    package init(bits: UInt32, time: CP56Time2a) {
        self.bits = bits
        self.time = time
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        bits = try UInt32(decoding: &buffer)
        time = try CP56Time2a(decoding: &buffer)
    }

    package func encode(into buffer: inout ByteBuffer) {
        bits.encode(into: &buffer)
        time.encode(into: &buffer)
    }
}
