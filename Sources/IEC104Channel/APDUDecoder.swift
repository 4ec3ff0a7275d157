import IEC104Link
import NIOCore

/// Cuts a stream of octets into APDUs: start octet `68`, length 4...253, then as many octets.
///
/// Octets that don't fit end the connection (`MalformedAPDU`): the next start octet could as well lie inside an ASDU.
package struct APDUDecoder: NIOSingleStepByteToMessageDecoder {
    package typealias InboundOut = APDU

    package init() {}

    package mutating func decode(buffer: inout ByteBuffer) throws -> APDU? {
        guard let start = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self) else { return nil }
        guard start == APCI.startOctet else { throw MalformedAPDU.startOctet(start) }
        guard let length = buffer.getInteger(at: buffer.readerIndex + 1, as: UInt8.self).map(Int.init) else {
            return nil
        }
        guard (APCI.minimumLength...APCI.maximumLength).contains(length) else { throw MalformedAPDU.length(length) }
        guard
            let field = buffer.getInteger(at: buffer.readerIndex + 2, endianness: .little, as: UInt32.self)
        else { return nil }
        let apci = try APCI(controlField: field, length: length)
        guard let octets = buffer.readSlice(length: length + 2) else { return nil }
        return APDU(apci: apci, octets: octets)
    }

    /// What is left of an APDU when the connection ends was never complete and is dropped.
    package mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> APDU? {
        try decode(buffer: &buffer)
    }
}
