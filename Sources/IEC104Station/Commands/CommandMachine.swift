import IEC104Model
import NIOCore

/// One command of the station: idle, selected, or being executed. At most one execution is under way at a time.
///
/// A value without I/O and clock. Each input is a mutating function that tells what is to be answered or done. Answers
/// to an activation that waits for something go by `CommandExecution`: exactly one confirmation, and a termination if
/// that was positive.
struct CommandMachine {
    /// Whose selection or execution it is. A connection keeps its number until data transfer is stopped or it ends.
    typealias Owner = UInt64

    /// What has to be the same in the execution as in the selection.
    struct Subject: Hashable {
        let type: TypeIdentification
        let value: CommandValue
        let qualifier: UInt8
        let originatorAddress: UInt8
        /// 0.0 equals -0.0, but that is another set-point.
        private let sign: FloatingPointSign?

        init(type: TypeIdentification, value: CommandValue, qualifier: UInt8, originatorAddress: UInt8) {
            self.type = type
            self.value = value
            self.qualifier = qualifier
            self.originatorAddress = originatorAddress
            sign = value.number?.sign
        }
    }

    private struct Selection {
        let owner: Owner
        let subject: Subject
        let deadline: NIODeadline
    }

    private enum State {
        case idle
        case selected(Selection)
        case executing(CommandExecution)
    }

    /// Nil for a command that is gone, but still under way.
    private(set) var definition: CommandDefinition?
    private var state = State.idle
    /// The last command that the process has answered.
    private var answeredID: String?

    init(_ definition: CommandDefinition) {
        self.definition = definition
    }

    /// The execution under way.
    var execution: CommandExecution? {
        if case .executing(let execution) = state { execution } else { nil }
    }

    /// When `deadlineReached` wants to be called.
    var deadline: NIODeadline? {
        switch state {
        case .idle: nil
        case .selected(let selection): selection.deadline
        case .executing(let execution): execution.deadline
        }
    }

    /// Another definition holds from now on: a selection ends. An execution goes on by the definition it was taken by.
    mutating func define(_ definition: CommandDefinition?) {
        guard definition != self.definition else { return }
        self.definition = definition
        if case .selected = state { state = .idle }
    }

    /// A selection, to be confirmed at once: positively if true. Selecting again starts the time anew; what another one
    /// has selected, or what is being executed, can't be selected.
    mutating func select(_ subject: Subject, by owner: Owner, until deadline: NIODeadline) -> Bool {
        switch state {
        case .executing: return false
        case .selected(let selection) where selection.owner != owner: return false
        case .idle, .selected:
            state = .selected(Selection(owner: owner, subject: subject, deadline: deadline))
            return true
        }
    }

    /// Begins an execution, to be confirmed later; or tells why not, to be confirmed negatively at once.
    ///
    /// An execution uses its selection up, and one that doesn't match it ends it. The selection of another one stays.
    mutating func execute(_ subject: Subject, _ execution: CommandExecution) -> CommandRecord.Refusal? {
        switch state {
        case .executing: return .busy
        case .idle:
            guard !execution.definition.selectBeforeOperate else { return .notSelected }
        case .selected(let selection):
            guard selection.owner == execution.owner else { return .notSelected }
            guard selection.subject == subject else {
                state = .idle
                return .notSelected
            }
        }
        state = .executing(execution)
        return nil
    }

    /// A deactivation: ends a selection, and is to be confirmed positively then. What is being executed can't be called
    /// back.
    mutating func cancel(by owner: Owner) -> Bool {
        guard case .selected(let selection) = state, selection.owner == owner else { return false }
        state = .idle
        return true
    }

    /// What an input means for the execution under way.
    enum Progress {
        /// Nothing is to be answered.
        case none
        /// There is none, or it doesn't wait for this.
        case unexpected
        /// To be confirmed; positively, it goes on.
        case confirm(CommandExecution, isNegative: Bool)
        /// To be confirmed positively and terminated.
        case confirmAndTerminate(CommandExecution)
        /// To be terminated.
        case terminate(CommandExecution, isNegative: Bool)
        /// An answer of the process waits. Another one that did may be none.
        case held(insteadOf: CommandAnswer?)

        /// The negative answer that is still due to an execution that doesn't go on.
        static func giveUp(_ execution: CommandExecution) -> Progress {
            execution.stage == .confirmed
                ? .terminate(execution, isNegative: true) : .confirm(execution, isNegative: true)
        }
    }

    /// The last moment to call an execution back: from now on the store may have it.
    ///
    /// - Returns: false if it has been called back.
    mutating func goesToStore(_ id: String) -> Bool {
        guard case .executing(var execution) = state, execution.order.id == id, execution.stage == .waiting else {
            return false
        }
        execution.stage = .onItsWay
        state = .executing(execution)
        return true
    }

    /// What came of a command in the store.
    mutating func written(_ id: String, _ outcome: StoreOutcome) -> Progress {
        // The process has read it, and its answer was quicker than the store's.
        let isAnswered = id == answeredID
        guard case .executing(var execution) = state, execution.order.id == id else {
            return isAnswered ? .none : .unexpected
        }
        switch outcome {
        case .refused:
            guard !isAnswered else { return .none }
            state = .idle
            return .confirm(execution, isNegative: true)
        case .taken where !isAnswered && execution.definition.confirmation == .store:
            state = .idle
            return .confirmAndTerminate(execution)
        case .taken(let milliseconds), .unknown(let milliseconds, _):
            execution.storeTime = milliseconds
            state = .executing(execution)
            return .none
        }
    }

    /// Answers that were held until it was known since when the store has the command.
    mutating func takeHeldAnswers(of id: String) -> [CommandAnswer] {
        guard case .executing(var execution) = state, execution.order.id == id else { return [] }
        defer { state = .executing(execution) }
        return execution.takeHeldAnswers()
    }

    /// The process confirms, terminates or refuses. A termination without a confirmation before is that as well.
    ///
    /// - Parameter deadline: when termination is given up.
    mutating func answered(_ answer: CommandAnswer, until deadline: NIODeadline) -> Progress {
        guard case .executing(var execution) = state else { return .unexpected }
        switch execution.relation(to: answer) {
        case .notMeant: return .unexpected
        case .held(let other):
            state = .executing(execution)
            return .held(insteadOf: other)
        case .meant: break
        }
        let isConfirmed = execution.stage == .confirmed
        switch answer.cause {
        case .activationConfirmation where !isConfirmed:
            answeredID = execution.order.id
            execution.stage = .confirmed
            execution.deadline = deadline
            state = answer.isNegative ? .idle : .executing(execution)
            return .confirm(execution, isNegative: answer.isNegative)
        case .activationTermination:
            answeredID = execution.order.id
            state = .idle
            if isConfirmed { return .terminate(execution, isNegative: answer.isNegative) }
            return answer.isNegative ? .confirm(execution, isNegative: true) : .confirmAndTerminate(execution)
        default: return .unexpected
        }
    }

    /// A selection ends without a word; an execution is answered negatively.
    mutating func deadlineReached(_ now: NIODeadline) -> Progress {
        guard let deadline, deadline <= now else { return .none }
        return abandon()
    }

    /// Ends a selection without a word, and an execution with a negative answer.
    mutating func abandon() -> Progress {
        defer { state = .idle }
        guard case .executing(let execution) = state else { return .none }
        return .giveUp(execution)
    }

    /// Its owner is gone, has stopped data transfer, or may not command any more: selections end. An execution goes on.
    mutating func ownerLeft(_ owner: Owner) {
        if case .selected(let selection) = state, selection.owner == owner { state = .idle }
    }
}
