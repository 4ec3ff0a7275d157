import NIOCore

/// A length of three octets, low one first (LOF, IEC 60870-5-101, 7.2.6.35).
package struct UInt24: InformationElementPart {
    package static var encodedSize: Int { 3 }
    /// 0...16 777 215.
    package let rawValue: UInt32

    /// Takes the lower 24 bits.
    package init(truncating rawValue: UInt32) {
        self.rawValue = rawValue & 0xFF_FFFF
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        let (low, high) = (try buffer.decode(UInt16.self), try buffer.decode(UInt8.self))
        rawValue = UInt32(high) << 16 | UInt32(low)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt16(truncatingIfNeeded: rawValue), endianness: .little)
        buffer.writeInteger(UInt8(truncatingIfNeeded: rawValue >> 16))
    }
}
