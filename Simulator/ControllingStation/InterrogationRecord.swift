import IEC104Model
import NIOCore

/// Tells when an interrogation is answered.
///
/// One common address: at its termination, or when the command is refused (negative confirmation, or sent back with a
/// cause of 44...47).
///
/// The broadcast address 65535, because the standard lets a station answer with its own addresses and stations differ:
/// - A confirmation may come for each common address, or once for 65535.
/// - A termination for 65535 ends it.
/// - Otherwise every common address that was confirmed has to terminate, and, if 65535 was confirmed, every one that has
///   reported points. Then the answer is taken as complete after `settleTime` in which no further common address has
///   confirmed or reported: how many there are is known to the station only.
/// - Some addresses may refuse; the interrogation as a whole is refused when all that answered did.
struct InterrogationRecord: ExchangeRecord {
    /// ASDUs that are kept at most, some two million points; what comes beyond ends the exchange.
    static let maximumASDUs = 100_000

    private(set) var answer: InterrogationAnswer
    /// How long a broadcast is waited for a further common address.
    let settleTime: TimeAmount

    private var confirmed: Set<CommonAddress> = []
    private var terminated: Set<CommonAddress> = []
    private var refused: Set<CommonAddress> = []
    private var reporting: Set<CommonAddress> = []
    /// The cause of the last refusal.
    private(set) var refusal: CauseOfTransmission?

    init(_ request: InterrogationRequest, commonAddress: CommonAddress, settleTime: TimeAmount) {
        answer = InterrogationAnswer(commonAddress: commonAddress, request: request)
        self.settleTime = settleTime
    }

    /// True if nobody has taken the command and somebody has refused it.
    var isRefused: Bool { !refused.isEmpty && confirmed.isEmpty && terminated.isEmpty }

    /// True if it was ended because of its length.
    var isTooLong: Bool { answer.asdus.count >= Self.maximumASDUs }

    /// Common addresses that have confirmed and not terminated.
    var open: Set<CommonAddress> {
        var open = confirmed.subtracting(terminated)
        if answer.commonAddress == .broadcast, open.contains(.broadcast), !terminated.isEmpty {
            open.remove(.broadcast)
            open.formUnion(reporting.subtracting(terminated))
        }
        return open
    }

    mutating func take(_ asdu: ReceivedASDU) -> ExchangeProgress {
        answer.asdus.append(asdu)
        guard !isTooLong else { return .done }
        if answer.reports(asdu), let address = asdu.asdu?.identifier.commonAddress {
            reporting.insert(address)
            return progress
        }
        guard let reply = answer.reply(asdu) else { return .unrelated }
        switch reply.cause {
        case .activationConfirmation where !reply.isNegative: confirmed.insert(reply.commonAddress)
        case .activationTermination: terminated.insert(reply.commonAddress)
        case let cause where cause == .activationConfirmation || cause.isUnknown:
            refused.insert(reply.commonAddress)
            refusal = cause
        default: return .unrelated
        }
        return progress
    }

    private var progress: ExchangeProgress {
        let asked = answer.commonAddress
        if terminated.contains(asked) || refused.contains(asked) { return .done }
        guard asked == .broadcast, !(confirmed.isEmpty && terminated.isEmpty && refused.isEmpty), open.isEmpty else {
            return .waiting
        }
        return .doneAfterSilence(settleTime)
    }
}
