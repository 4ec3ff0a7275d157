import IEC104Model
import NIOCore

/// An ASDU in control direction, kept as received so that answers can mirror it.
struct ControlRequest {
    let identifier: DataUnitIdentifier
    /// The whole ASDU.
    let octets: ByteBuffer

    /// Reads the data unit identifier and keeps the rest for later.
    init(_ octets: ByteBuffer) throws(MalformedASDU) {
        var reader = octets
        identifier = try DataUnitIdentifier(decoding: &reader)
        self.octets = octets
    }

    /// The request with its objects; nil if the octets make no ASDU.
    var asdu: ASDU? {
        var reader = octets
        return try? ASDU(decoding: &reader)
    }

    /// The request with another cause and P/N bit.
    func mirrored(_ cause: CauseOfTransmission, isNegative: Bool) -> ByteBuffer {
        var octets = ByteBufferAllocator().buffer(capacity: octets.readableBytes)
        mirror(cause, isNegative: isNegative, into: &octets)
        return octets
    }

    /// Appends the request with another cause and P/N bit; the test bit, the originator and all else stay as they are.
    ///
    /// - Parameter commonAddress: replaces the broadcast address where a station answers for each of its own.
    func mirror(
        _ cause: CauseOfTransmission, isNegative: Bool = false, commonAddress: CommonAddress? = nil,
        into buffer: inout ByteBuffer
    ) {
        let start = buffer.writerIndex
        buffer.writeImmutableBuffer(octets)
        var octet = cause.rawValue
        if isNegative { octet |= 0x40 }
        if identifier.isTest { octet |= 0x80 }
        buffer.setInteger(octet, at: start + 2)
        if let commonAddress {
            buffer.setInteger(commonAddress.rawValue, at: start + 4, endianness: .little)
        }
    }
}
