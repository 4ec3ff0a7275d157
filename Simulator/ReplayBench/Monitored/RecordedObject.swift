import IEC104Model
import Replay

/// An information object with a value, as a controlled station of the capture reported it.
package struct RecordedObject: Hashable, Sendable {
    /// The packet that the ASDU ends in.
    package let frame: Int
    /// When that packet was captured.
    package let capturedAt: CaptureTime
    package let address: PointAddress
    package let type: TypeIdentification
    package let cause: CauseOfTransmission
    package let information: ProcessInformation

    package init(
        frame: Int, capturedAt: CaptureTime, address: PointAddress, type: TypeIdentification,
        cause: CauseOfTransmission, information: ProcessInformation
    ) {
        self.frame = frame
        self.capturedAt = capturedAt
        self.address = address
        self.type = type
        self.cause = cause
        self.information = information
    }

    /// True if it answers an interrogation, of values or counters (causes 20...41): state, not an event.
    package var isInterrogated: Bool { cause.isInterrogation }

    /// What it says of the time, in milliseconds since 1970 UTC: by its time tag, taken for UTC, or where that has none
    /// or an impossible one, by the capture.
    package var timestamp: Int64 {
        information.time?.millisecondsSince1970() ?? max(0, capturedAt.nanoseconds / 1_000_000)
    }
}

extension CauseOfTransmission {
    /// True for the causes that answer an interrogation, 20...41.
    package var isInterrogation: Bool { (20...41).contains(rawValue) }
    /// True for those that answer a counter interrogation, 37...41.
    package var isCounterInterrogation: Bool { (37...41).contains(rawValue) }
}

extension TypeIdentification {
    /// True for integrated totals, whatever time tag they have.
    package var isCounter: Bool { (15...16).contains(rawValue) || rawValue == 37 }
}
