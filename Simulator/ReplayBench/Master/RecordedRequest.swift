import IEC104Link
import IEC104Model
import NIOCore

/// What the controlling station of a capture has asked for.
package struct RecordedRequest: Sendable {
    /// The packet that the APDU ends in.
    package let frame: Int
    package let identifier: DataUnitIdentifier
    package let object: InformationObject
    /// All octets of the ASDU.
    private let octets: ByteBuffer

    /// Nil unless the ASDU is one of a single information object that makes sense.
    init?(apdu: ByteBuffer, frame: Int, identifier: DataUnitIdentifier?, objects: [InformationObject]) {
        guard let identifier, objects.count == 1, let object = objects.first else { return nil }
        var octets = apdu
        octets.moveReaderIndex(forwardBy: min(APCI.encodedSize, octets.readableBytes))
        (self.frame, self.identifier, self.object, self.octets) = (frame, identifier, object, octets)
    }

    /// The type.
    package var type: TypeIdentification { identifier.typeIdentification }

    /// The octets to send: with another common address, if need be, and a time tag of now.
    func octets(mapping: [CommonAddress: CommonAddress], now: CP56Time2a) -> ByteBuffer {
        var octets = octets
        // Type, qualifier, cause and originator stand before the common address.
        let address = mapping[identifier.commonAddress] ?? identifier.commonAddress
        octets.setInteger(address.rawValue, at: octets.readerIndex + 4, endianness: .little)
        if type.endsInTimeTag, octets.readableBytes >= CP56Time2a.encodedSize {
            var tag = ByteBuffer()
            now.encode(into: &tag)
            octets.setBuffer(tag, at: octets.writerIndex - CP56Time2a.encodedSize)
        }
        return octets
    }
}
