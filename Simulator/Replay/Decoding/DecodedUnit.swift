import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// The ASDU of an I frame, as far as it can be read.
package struct DecodedUnit: Sendable {
    /// Nil if there are fewer octets than a data unit identifier has.
    package let identifier: DataUnitIdentifier?
    /// None if the ASDU makes no sense.
    package let objects: [InformationObject]
    /// What makes no sense, or is against the standard in an ASDU that can be read nevertheless.
    package let fault: MalformedASDU?
    /// The octets behind the data unit identifier of an ASDU that makes no sense.
    package let unread: ByteBuffer?

    /// - Parameter apdu: all octets of an I frame.
    package init(apdu: ByteBuffer) {
        var octets = apdu
        octets.moveReaderIndex(forwardBy: min(APCI.encodedSize, octets.readableBytes))
        let reading = ASDUReading(octets)
        switch reading.content {
        case .success(let asdu):
            (identifier, objects, fault, unread) = (asdu.identifier, asdu.objects, reading.deviation, nil)
        case .failure(let fault):
            identifier = try? DataUnitIdentifier(decoding: &octets)
            (objects, self.fault, unread) = ([], fault, octets)
        }
    }
}
