/// What a recorded session is judged by. The raw value is the rule's name in reports.
package enum Rule: String, Hashable, Sendable, CaseIterable {
    case malformedPacket = "malformed-packet"
    case malformedAPDU = "malformed-apdu"
    case malformedASDU = "malformed-asdu"
    case sendNumber = "send-number"
    case receiveNumber = "receive-number"
    case windowK = "window-k"
    case acknowledgeW = "acknowledge-w"
    case acknowledgeT2 = "acknowledge-t2"
    case acknowledgeT1 = "acknowledge-t1"
    case wrongState = "wrong-state"
    case unconfirmed
    case silenceT3 = "silence-t3"
    case wrongDirection = "wrong-direction"
    case illegalType = "illegal-type"
    case illegalCause = "illegal-cause"
    case timeTagInInterrogation = "time-tag-in-interrogation"
    case unanswered
    case unterminated

    /// What the rule asks for.
    package var title: String {
        switch self {
        case .malformedPacket: "every packet has the headers of its link layer, IP and TCP, and they fit together"
        case .malformedAPDU: "every APDU has a start octet, a length and a control field as defined"
        case .malformedASDU: "every ASDU is as long as its type and count ask for, and of a defined type"
        case .sendNumber: "N(S) counts up by one"
        case .receiveNumber: "N(R) acknowledges what was sent and wasn't acknowledged before"
        case .windowK: "at most k I frames are sent without acknowledgement"
        case .acknowledgeW: "after w I frames at the latest, an acknowledgement comes"
        case .acknowledgeT2: "an I frame is acknowledged within t2"
        case .acknowledgeT1: "a connection doesn't go on when an I frame isn't acknowledged within t1"
        case .wrongState: "I and S frames pass between STARTDT con and STOPDT con only"
        case .unconfirmed: "STARTDT, STOPDT and TESTFR act are confirmed within t1"
        case .silenceT3: "after t3 without a frame, a station sends TESTFR act"
        case .wrongDirection: "types and U functions go the way they are meant for"
        case .illegalType: "only types that IEC 60870-5-104 has selected are used"
        case .illegalCause: "the cause of transmission is one that the type has in that direction"
        case .timeTagInInterrogation: "answers to an interrogation are without time tag"
        case .unanswered: "every activation and deactivation is answered"
        case .unterminated: "a confirmed interrogation is terminated"
        }
    }
}
