import IEC104Model
import NIOCore

/// An activation that was taken, on its way to its end.
struct CommandExecution {
    enum Stage: Hashable {
        /// Nothing has been sent to the store: it can be called back.
        case waiting
        /// The store may have it.
        case onItsWay
        /// The store has it since this time, in milliseconds by the store's clock.
        case written(at: Int64)
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
    /// Answers that came before the store had said since when it has the command.
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
        /// It can't be told yet.
        case held
        case notMeant
    }

    /// Whether the process means this execution. An answer without id does if it is younger than the command in the store:
    /// one that comes late would otherwise be taken for the next command's.
    mutating func relation(to answer: CommandAnswer) -> Relation {
        guard definition.confirmation == .process, stage != .waiting,
            answer.type.map({ $0.withoutTimeTag == definition.type }) ?? true
        else { return .notMeant }
        if let id = answer.id { return id == order.id ? .meant : .notMeant }
        switch stage {
        case .waiting: return .notMeant
        case .written(let milliseconds): return answer.milliseconds >= milliseconds ? .meant : .notMeant
        case .confirmed: return .meant
        case .onItsWay:
            guard heldAnswers.count < Self.maximumHeldAnswers else { return .notMeant }
            heldAnswers.append(answer)
            return .held
        }
    }

    /// Hands over what was held.
    mutating func takeHeldAnswers() -> [CommandAnswer] {
        defer { heldAnswers = [] }
        return heldAnswers
    }
}
