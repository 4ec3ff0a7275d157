import IEC104Model
import NIOCore

/// An ASDU as it came: its octets, what they mean, and when.
package struct ReceivedASDU: Sendable {
    /// The octets from the type identification on; at most 249.
    package let octets: ByteBuffer
    /// What the octets mean, or why they mean nothing.
    package let content: Result<ASDU, MalformedASDU>
    /// What is wrong with an ASDU whose meaning is clear nevertheless; nil if nothing is.
    package let deviation: MalformedASDU?
    /// When it came, by the clock that never steps.
    package let time: NIODeadline
    /// When it came, in milliseconds since 1970 UTC.
    package let millisecondsSince1970: Int64

    /// Decodes octets that have just come.
    ///
    /// They are copied: a slice would keep all that came in the same read of the socket in memory.
    package init(octets: ByteBuffer, time: NIODeadline, millisecondsSince1970: Int64) {
        self.octets = ByteBuffer(bytes: octets.readableBytesView)
        self.time = time
        self.millisecondsSince1970 = millisecondsSince1970
        let reading = ASDUReading(octets)
        content = reading.content
        deviation = reading.deviation
    }

    /// The ASDU; nil if it is malformed.
    package var asdu: ASDU? {
        if case .success(let asdu) = content { asdu } else { nil }
    }

    /// The information objects that are process information in monitor direction, types 1...40.
    package var points: [ReportedPoint] {
        guard let asdu, asdu.identifier.typeIdentification.isProcessInformation else { return [] }
        return asdu.objects.map { object in
            ReportedPoint(
                address: PointAddress(
                    commonAddress: asdu.identifier.commonAddress, informationObjectAddress: object.address),
                element: object.element, cause: asdu.identifier.cause, time: time)
        }
    }
}
