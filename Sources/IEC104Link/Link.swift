import NIOCore

/// One end of an IEC 60870-5-104 connection: states, sequence numbers, window and timers.
///
/// A value without I/O and without a clock. What happens is told by calling a mutating function with the time it
/// happened at, and the answer says what is to be done. The functions for received frames are in
/// `Link+Received.swift`, those for sending in `Link+Sending.swift`, the timers in `Link+Timers.swift`.
package struct Link {
    /// Which end this is.
    package let role: LinkRole
    /// k, w and the timers.
    package let parameters: LinkParameters
    /// Stopped, started or on the way between.
    package internal(set) var state = LinkState.stopped

    /// V(S): the number of the next I frame to send.
    var sendState = SequenceNumber(0)
    /// V(R): the number of the next I frame expected.
    var receiveState = SequenceNumber(0)
    /// The oldest I frame sent that isn't acknowledged; equal to `sendState` if all are.
    var oldestUnacknowledged = SequenceNumber(0)
    /// When the unacknowledged I frames were sent, oldest first.
    var sentTimes = SentTimes()
    /// I frames received since the last acknowledgement was sent.
    package internal(set) var receivedUnacknowledged = 0

    /// The running timers.
    var deadlines = LinkDeadlines()

    /// A link whose connection has just been established.
    package init(role: LinkRole, parameters: LinkParameters, now: NIODeadline) {
        self.role = role
        self.parameters = parameters
        deadlines.t3 = now + parameters.t3
    }

    /// I frames sent that wait for acknowledgement, 0...k.
    package var sentUnacknowledged: Int { sendState.distance(from: oldestUnacknowledged) }

    /// How many I frames may be sent now: as many as k leaves while data transfer is started, none otherwise.
    package var window: Int { state == .started ? max(parameters.k - sentUnacknowledged, 0) : 0 }

    /// True if an I frame may be sent: data transfer is started and the window is open.
    package var canSendInformation: Bool { window > 0 }
}
