import NIOCore

/// CP24Time2a: milliseconds and minute of an hour (IEC 60870-5-101, 7.2.6.19). Not used by IEC 60870-5-104 stations,
/// but decoded where one sends it.
package struct CP24Time2a: InformationElementPart {
    package static var encodedSize: Int { 3 }
    /// Milliseconds within the minute, 0...59 999.
    package var milliseconds: UInt16
    /// The third octet: IV, RES1 and the minute.
    package var minuteOctet: UInt8

    package init(milliseconds: UInt16, minuteOctet: UInt8) {
        self.milliseconds = milliseconds
        self.minuteOctet = minuteOctet
    }

    /// 0...59.
    package var minute: Int { Int(minuteOctet & 0x3F) }
    /// IV.
    package var isInvalid: Bool { minuteOctet & 0x80 != 0 }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        milliseconds = try buffer.decode(UInt16.self)
        minuteOctet = try buffer.decode(UInt8.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(milliseconds, endianness: .little)
        buffer.writeInteger(minuteOctet)
    }
}
