import IEC104Channel
import IEC104Model
import NIOCore

/// An interrogation that wasn't answered as it should, with what had come until then.
package struct InterrogationFailure: Error, Sendable, CustomStringConvertible {
    /// What went wrong.
    package enum Reason: Hashable, Sendable {
        /// The station confirmed negatively.
        case refused
        /// The station sent the command back with this cause, 44...47.
        case unknown(CauseOfTransmission)
        /// The answer wasn't complete in time; the common addresses had confirmed but not terminated. Without any, no
        /// confirmation has come.
        case timedOut(TimeAmount, open: [CommonAddress])
        /// The connection ended first.
        case closed(LinkCloseReason)
        /// The answer is longer than what is kept.
        case tooLong(asdus: Int)
    }

    /// What went wrong.
    package let reason: Reason
    /// What had come.
    package let answer: InterrogationAnswer

    package var description: String {
        let kind = if case .counters = answer.request { "counter interrogation" } else { "interrogation" }
        let what = "\(kind) of common address \(answer.commonAddress)"
        switch reason {
        case .refused: return "\(what) was refused: negative confirmation"
        case .unknown(let cause): return "\(what) was refused: \(cause) (cause \(cause.rawValue))"
        case .timedOut(let time, let open):
            let seconds = Double(time.nanoseconds) / 1e9
            let missing =
                open.isEmpty
                ? "no confirmation" : "no termination of \(open.map(\.description).joined(separator: ", "))"
            return "\(what): \(missing) within \(seconds) s"
        case .closed(let reason): return "\(what): the connection ended: \(reason)"
        case .tooLong(let asdus): return "\(what): more than \(asdus) ASDUs and no end"
        }
    }
}
