import ControllingStation
import IEC104Channel
import IEC104Link
import NIOCore

/// An APDU that has come.
struct ReceivedFrame: Sendable {
    let apci: APCI
    /// The ASDU of an I frame.
    let received: ReceivedASDU?
    let time: NIODeadline

    /// Nil for a frame that was sent.
    init?(_ frame: ObservedFrame) {
        guard !frame.isSent else { return nil }
        self.init(octets: frame.octets, time: frame.time, millisecondsSince1970: frame.millisecondsSince1970)
    }

    /// Nil for octets that are no APDU.
    init?(octets: ByteBuffer, time: NIODeadline, millisecondsSince1970: Int64) {
        var octets = octets
        guard let apdu = try? Self.decode(&octets) else { return nil }
        apci = apdu.apci
        self.time = time
        if case .information = apdu.apci {
            received = ReceivedASDU(
                octets: apdu.asdu, time: time, millisecondsSince1970: millisecondsSince1970)
        } else {
            received = nil
        }
    }

    private static func decode(_ octets: inout ByteBuffer) throws -> APDU? {
        var decoder = APDUDecoder()
        return try decoder.decode(buffer: &octets)
    }
}
