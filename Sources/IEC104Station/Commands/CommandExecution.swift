import IEC104Model
import NIOCore

/// An activation that was taken, on its way to its end.
struct CommandExecution {
    enum Stage: Hashable {
        /// Nothing has been sent to the store: it can be called back.
        case waiting
        /// The store has it, or may have it.
        case onItsWay
        /// It was confirmed positively.
        case confirmed
    }

    /// More answers than a confirmation and a termination, with some of earlier commands among them, are no answers.
    private static let maximumHeldAnswers = 8

    let order: CommandOrder
    /// As it was when the command was taken: it holds to the end.
    let definition: CommandDefinition
    /// Whose execution it is.
    let owner: CommandMachine.Owner
    /// To be mirrored.
    let request: ControlRequest
    /// When it is given up.
    var deadline: NIODeadline
    var stage = Stage.waiting
    /// Since when the store has the command at the earliest, in milliseconds by the store's clock; nil until that is
    /// known.
    var storeTime: Int64?
    /// Answers that came before that was known.
    private(set) var heldAnswers: [CommandAnswer] = []

    init(
        order: CommandOrder, definition: CommandDefinition, owner: CommandMachine.Owner, request: ControlRequest,
        deadline: NIODeadline
    ) {
        self.order = order
        self.definition = definition
        self.owner = owner
        self.request = request
        self.deadline = deadline
    }

    /// How an answer of the process stands to an execution.
    enum Relation {
        case meant
        /// It can't be told yet. One that was held longest may have had to make room.
        case held(insteadOf: CommandAnswer?)
        case notMeant
    }

    /// Whether the process means this execution. An answer without id does if it is younger than the command in the
    /// store: one that comes late would otherwise be taken for the next command's.
    mutating func relation(to answer: CommandAnswer) -> Relation {
        guard definition.confirmation == .process, stage != .waiting,
            answer.type.map({ $0.withoutTimeTag == definition.type }) ?? true
        else { return .notMeant }
        if let id = answer.id { return id == order.id ? .meant : .notMeant }
        if let storeTime { return answer.milliseconds >= storeTime ? .meant : .notMeant }
        heldAnswers.append(answer)
        return .held(insteadOf: heldAnswers.count > Self.maximumHeldAnswers ? heldAnswers.removeFirst() : nil)
    }

    /// Hands over what was held.
    mutating func takeHeldAnswers() -> [CommandAnswer] {
        defer { heldAnswers = [] }
        return heldAnswers
    }
}
