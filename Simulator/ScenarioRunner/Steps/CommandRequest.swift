import ControllingStation
import IEC104Model

/// One step of a command and how it has to be answered.
struct CommandRequest: Sendable {
    let command: Command
    let step: CommandStep
    /// True for the types 58...64: tagged with the time of sending, in UTC.
    let hasTimeTag: Bool
    let answer: AnswerWord
    let limit: Duration

    /// An answer, as a scenario writes it.
    enum AnswerWord: String, CaseIterable, Sendable {
        case confirmed
        case terminated
        case refused
        case failed
        case unknown
        /// Nothing comes.
        case none

        /// True if that is what came.
        func describes(_ outcome: CommandOutcome) -> Bool {
            switch (self, outcome) {
            case (.confirmed, .confirmed), (.terminated, .terminated), (.refused, .refused), (.failed, .failed),
                (.unknown, .unknown), (.none, .unconfirmed):
                true
            default: false
            }
        }
    }
}
