/// Why a link has to be closed.
package enum LinkFault: Hashable, Sendable, CustomStringConvertible {
    /// Octets that make no APDU.
    case malformed(MalformedAPDU)
    /// N(S) isn't the one expected: a frame was lost or repeated.
    case sendSequence(expected: SequenceNumber, received: SequenceNumber)
    /// N(R) acknowledges what was never sent, or goes back.
    case receiveSequence(oldest: SequenceNumber, next: SequenceNumber, received: SequenceNumber)
    /// A frame that isn't allowed in the present state.
    case frameInWrongState(APCI, LinkState)
    /// No acknowledgement of an I frame within t1.
    case unacknowledged
    /// No confirmation of a STARTDT, STOPDT or TESTFR within t1.
    case unconfirmed(UFunction)

    package var description: String {
        switch self {
        case .malformed(let malformed): "malformed APDU: \(malformed)"
        case .sendSequence(let expected, let received): "N(S) is \(received), expected \(expected)"
        case .receiveSequence(let oldest, let next, let received):
            "N(R) is \(received), expected \(oldest)...\(next)"
        case .frameInWrongState(let frame, let state): "\(frame) in state \(state)"
        case .unacknowledged: "t1 expired: I frame not acknowledged"
        case .unconfirmed(let function): "t1 expired: \(function.name) not confirmed"
        }
    }
}
