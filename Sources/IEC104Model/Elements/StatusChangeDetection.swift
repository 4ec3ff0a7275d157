import NIOCore

/// SCD: sixteen packed single points with change detection, two octets each (IEC 60870-5-101, 7.2.6.40).
package struct StatusChangeDetection: InformationElementPart {
    package static var encodedSize: Int { 4 }

    /// ST: bit n is the state of point n.
    package var status: UInt16
    /// CD: bit n is set if point n has changed since it was last reported.
    package var changeDetected: UInt16

    package init(status: UInt16, changeDetected: UInt16) {
        self.status = status
        self.changeDetected = changeDetected
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        status = try buffer.decode(UInt16.self)
        changeDetected = try buffer.decode(UInt16.self)
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(status, endianness: .little)
        buffer.writeInteger(changeDetected, endianness: .little)
    }
}
