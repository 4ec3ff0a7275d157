import IEC104Model

/// What became of a request to command: a line of the audit trail.
package struct CommandRecord: Hashable, Sendable {
    /// What was asked.
    package enum Step: String, Hashable, Sendable {
        case select, execute, cancel
    }

    /// What came of it.
    package enum Outcome: Hashable, Sendable {
        /// Selected, cancelled, or executed to the end.
        case done
        /// Confirmed and not carried out: it had the test bit.
        case tested
        /// Confirmed negatively.
        case refused(Refusal)
        /// Confirmed before, but terminated negatively.
        case failed(Refusal)
    }

    /// Why not.
    package enum Refusal: String, Hashable, Sendable {
        case cause = "the cause of transmission is unknown"
        case commonAddress = "the common address is unknown"
        case objectAddress = "no command of this type has the information object address"
        case severalObjects = "a command has one information object"
        case disabled = "commands are disabled"
        case notAllowed = "the client may not command"
        case value = "the value is not permitted or out of range"
        case qualifier = "the qualifier is reserved"
        case time = "the time tag is invalid, too old or in the future"
        case notSelected = "not selected by this client with this value and qualifier"
        case busy = "selected or executed already"
        case nothingToCancel = "nothing is selected"
        case store = "the store has not taken it"
        case process = "the process refuses"
        case timeout = "no answer in time"
        case undefined = "the mapping has changed"
        case stopping = "the station is stopping"
    }

    package let step: Step
    package let outcome: Outcome
    package let address: PointAddress
    package let type: TypeIdentification
    /// Nil for a value that isn't permitted.
    package let value: CommandValue?
    package let qualifier: UInt8
    /// The host that asked.
    package let client: String
    package let originatorAddress: UInt8
    /// The command's name in the output stream; nil for what was never to be written.
    package let id: String?
    /// What the store said where it is the reason; empty otherwise.
    package let detail: String

    /// True if it was not carried out, or not to its end.
    package var isRefused: Bool {
        switch outcome {
        case .done, .tested: false
        case .refused, .failed: true
        }
    }

    /// True if the mapping has no such command.
    package var isUnmapped: Bool {
        outcome == .refused(.commonAddress) || outcome == .refused(.objectAddress)
    }
}
