import NIOCore

/// CP16Time2a: a duration in milliseconds, 0...59 999, low octet first (IEC 60870-5-101, 7.2.6.20).
package struct CP16Time2a: InformationElementPart {
    package static var encodedSize: Int { 2 }
    /// Milliseconds.
    package var milliseconds: UInt16

    package init(milliseconds: UInt16) {
        self.milliseconds = milliseconds
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        milliseconds = try buffer.decode(UInt16.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(milliseconds, endianness: .little)
    }
}
