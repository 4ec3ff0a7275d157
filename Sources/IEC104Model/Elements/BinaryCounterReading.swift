import NIOCore

/// BCR: binary counter reading, a counter of four octets and an octet of notation (IEC 60870-5-101, 7.2.6.9).
///
/// | octets | bit 8 | 7 | 6 | 5...1 |
/// |---|---|---|---|---|
/// | 1...4 | counter, low octet first | | | |
/// | 5 | IV | CA | CY | SQ |
package struct BinaryCounterReading: InformationElementPart {
    package static var encodedSize: Int { 5 }

    /// The reading.
    package var value: Int32
    /// The fifth octet as it is on the wire.
    package var notation: UInt8

    package init(value: Int32, notation: UInt8) {
        self.value = value
        self.notation = notation
    }

    /// The sequence number is taken modulo 32.
    package init(
        value: Int32, sequenceNumber: UInt8 = 0, hasCarry: Bool = false, isAdjusted: Bool = false,
        isInvalid: Bool = false
    ) {
        self.value = value
        notation =
            sequenceNumber & 0x1F | (hasCarry ? 0x20 : 0) | (isAdjusted ? 0x40 : 0) | (isInvalid ? 0x80 : 0)
    }

    /// SQ, 0...31.
    package var sequenceNumber: UInt8 { notation & 0x1F }
    /// CY: the counter has overflowed in the counting period.
    package var hasCarry: Bool { notation & 0x20 != 0 }
    /// CA: the counter was adjusted since it was last read.
    package var isAdjusted: Bool { notation & 0x40 != 0 }
    /// IV.
    package var isInvalid: Bool { notation & 0x80 != 0 }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        value = try buffer.decode(Int32.self)
        notation = try buffer.decode(UInt8.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(value, endianness: .little)
        buffer.writeInteger(notation)
    }
}
