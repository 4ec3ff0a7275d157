import IEC104Model
import NIOCore

/// One command of the station: idle, selected, or being executed. At most one execution is under way at a time.
///
/// A value without I/O and clock. Each input is a mutating function that tells what is to be answered or done. Answers
/// to an activation that waits for something go by `Execution`: exactly one confirmation, and a termination if that was
/// positive.
struct CommandMachine {
    /// Whose selection or execution it is. A connection keeps its number until data transfer is stopped or it ends.
    typealias Owner = UInt64

    /// What has to be the same in the execution as in the selection.
    struct Subject: Hashable {
        let type: TypeIdentification
        let value: CommandValue
        let qualifier: UInt8
        let originatorAddress: UInt8
    }

    private struct Selection {
        let owner: Owner
        let subject: Subject
        let deadline: NIODeadline
    }

    /// An activation that was taken.
    struct Execution {
        let order: CommandOrder
        let owner: Owner
        /// To be mirrored.
        let request: ControlRequest
        var isConfirmed = false
        /// When it is given up.
        var deadline: NIODeadline
    }

    private enum State {
        case idle
        case selected(Selection)
        case executing(Execution)
    }

    let definition: CommandDefinition
    private var state = State.idle
    /// The number of the last command that the process has answered.
    private var answeredNumber: UInt64?

    init(_ definition: CommandDefinition) {
        self.definition = definition
    }

    /// The execution under way.
    var execution: Execution? {
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
    mutating func execute(_ subject: Subject, _ execution: Execution) -> CommandRecord.Refusal? {
        switch state {
        case .executing: return .busy
        case .idle:
            guard !definition.selectBeforeOperate else { return .notSelected }
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
        case confirm(Execution, isNegative: Bool)
        /// To be confirmed positively and terminated.
        case confirmAndTerminate(Execution)
        /// To be terminated.
        case terminate(Execution, isNegative: Bool)

        /// The negative answer that is still due to an execution that doesn't go on.
        static func giveUp(_ execution: Execution) -> Progress {
            execution.isConfirmed ? .terminate(execution, isNegative: true) : .confirm(execution, isNegative: true)
        }
    }

    /// The store has the command, or hasn't taken it.
    mutating func written(_ number: UInt64, isTaken: Bool) -> Progress {
        // The process has read it, and its answer was quicker.
        if isTaken, number == answeredNumber { return .none }
        guard case .executing(let execution) = state, execution.order.number == number, !execution.isConfirmed else {
            return .unexpected
        }
        guard isTaken else {
            state = .idle
            return .confirm(execution, isNegative: true)
        }
        guard definition.confirmation == .store else { return .none }
        state = .idle
        return .confirmAndTerminate(execution)
    }

    /// The process confirms, or refuses.
    ///
    /// - Parameter deadline: when termination is given up.
    mutating func confirmed(isNegative: Bool, until deadline: NIODeadline) -> Progress {
        guard definition.confirmation == .process, case .executing(var execution) = state, !execution.isConfirmed else {
            return .unexpected
        }
        answeredNumber = execution.order.number
        execution.isConfirmed = true
        execution.deadline = deadline
        state = isNegative ? .idle : .executing(execution)
        return .confirm(execution, isNegative: isNegative)
    }

    /// The process has carried it out, or has failed to. Without a confirmation before, that is one.
    mutating func terminated(isNegative: Bool) -> Progress {
        guard definition.confirmation == .process, case .executing(let execution) = state else { return .unexpected }
        answeredNumber = execution.order.number
        state = .idle
        if execution.isConfirmed { return .terminate(execution, isNegative: isNegative) }
        return isNegative ? .confirm(execution, isNegative: true) : .confirmAndTerminate(execution)
    }

    /// A selection ends without a word; an execution is answered negatively.
    mutating func deadlineReached(_ now: NIODeadline) -> Progress {
        guard let deadline, deadline <= now else { return .none }
        defer { state = .idle }
        guard case .executing(let execution) = state else { return .none }
        return .giveUp(execution)
    }

    /// Its owner is gone, or has stopped data transfer: selections end. An execution goes on, with nobody to tell.
    mutating func ownerLeft(_ owner: Owner) {
        if case .selected(let selection) = state, selection.owner == owner { state = .idle }
    }
}
