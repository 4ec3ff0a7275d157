import ControllingStation
import IEC104Model

/// What came of a command: of its last step, or of the first that wasn't granted.
package struct CommandVerdict: Hashable, Sendable {
    package let step: CommandStep
    package let outcome: CommandOutcome
    /// Whether a missing termination counts.
    let termination: CommandTermination
    /// How long the answer was waited for.
    let timeout: Duration

    package init(step: CommandStep, outcome: CommandOutcome, termination: CommandTermination, timeout: Duration) {
        self.step = step
        self.outcome = outcome
        self.termination = termination
        self.timeout = timeout
    }

    /// True if the station has granted what was asked for.
    package var isSuccess: Bool {
        switch outcome {
        case .confirmed, .terminated: true
        case .unterminated: termination != .required
        case .refused, .unknown, .failed, .unconfirmed: false
        }
    }

    /// One lower-case word for programs.
    var name: String {
        switch outcome {
        case .confirmed: "confirmed"
        case .terminated: "terminated"
        case .unterminated: "unterminated"
        case .refused: "refused"
        case .unknown: "unknown"
        case .failed: "failed"
        case .unconfirmed: "unconfirmed"
        }
    }
}

extension CommandVerdict: CustomStringConvertible {
    /// A sentence for people.
    package var description: String {
        switch outcome {
        case .confirmed: "\(noun) confirmed"
        case .terminated: "executed: confirmed and terminated"
        case .unterminated:
            "execution confirmed, but not terminated within \(seconds)"
                + (isSuccess
                    ? "; this type need not be terminated"
                    : ": it is not known whether it was carried out; --no-termination suits stations that never terminate")
        case .refused: "\(noun) refused: negative confirmation"
        case .unknown(let cause): "\(noun) refused: \(cause) (cause \(cause.rawValue))"
        case .failed: "execution failed: negative termination"
        case .unconfirmed: "\(noun) not confirmed within \(seconds): it is not known whether it was taken"
        }
    }

    private var noun: String {
        switch step {
        case .select: "selection"
        case .execute: "execution"
        case .cancel: "cancellation"
        }
    }

    private var seconds: String {
        let seconds = timeout / .seconds(1)
        return "\(seconds.formatted) s"
    }
}

extension Double {
    /// `20`, `0.5`.
    fileprivate var formatted: String { Int(exactly: self).map(String.init) ?? String(self) }
}
