import IEC104Model
import NIOCore

/// The station's side of commands: handing them on, and answering when it is known what became of them.
extension Station {
    /// Replaces the commands that the station takes, and who may command by `mayCommand` and the settings.
    ///
    /// Selections end where that is news to them, and commands are called back that aren't on their way to the store
    /// yet. What is on its way goes on to its end by the definition it was taken by.
    package func define(commands definitions: [CommandDefinition]) {
        commands.define(definitions)
        for session in openSessions where !settings.commands.isEnabled || !mayCommand(session.peer) {
            commands.ownerLeft(session.owner)
        }
        let refused = commands.callBack { execution, definition in
            if !settings.commands.isEnabled { return .disabled }
            if !mayCommand(execution.order.client) { return .notAllowed }
            return definition == execution.definition ? nil : .undefined
        }
        for (progress, reason) in refused { settle(progress, reason) }
    }

    /// A command is about to be sent to the store: from now on it can't be called back.
    ///
    /// - Returns: false if it has been answered negatively, and must not be sent.
    package func commandGoesToStore(_ order: CommandOrder) -> Bool {
        commands.with(order.address) { $0.goesToStore(order.id) } ?? false
    }

    /// What came of a command in the store. What is unknown waits for the process, or for its deadline: until then the
    /// store may still take it, and what was refused must not be carried out.
    ///
    /// - Returns: false if the command doesn't wait for that any more.
    @discardableResult
    package func commandWritten(_ order: CommandOrder, _ outcome: StoreOutcome, now: NIODeadline) -> Bool {
        let detail = if case .refused(let reason) = outcome { reason } else { "" }
        let progress = commands.with(order.address) { $0.written(order.id, outcome) } ?? .unexpected
        let held = commands.with(order.address) { $0.takeHeldAnswers(of: order.id) } ?? []
        let isExpected = settle(progress, .store, detail: detail)
        for answer in held { processAnswered(answer, now: now) }
        return isExpected
    }

    /// The process confirms or terminates a command. What no command waits for goes to `onUnexpectedAnswer`.
    package func processAnswered(_ answer: CommandAnswer, now: NIODeadline) {
        commandDeadlineReached(now)
        let deadline = now + settings.commands.timeout
        let progress = commands.with(answer.address) { $0.answered(answer, until: deadline) } ?? .unexpected
        if !settle(progress, .process) { onUnexpectedAnswer?(answer) }
    }

    /// Gives up what has waited too long.
    func commandDeadlineReached(_ now: NIODeadline) {
        for progress in commands.deadlineReached(now) { settle(progress, .timeout) }
    }

    /// Answers what is due.
    ///
    /// - Parameter reason: why, if it is negative.
    /// - Returns: false if there was nothing that waited.
    @discardableResult
    private func settle(
        _ progress: CommandMachine.Progress, _ reason: CommandRecord.Refusal, detail: String = ""
    ) -> Bool {
        switch progress {
        case .none: break
        case .held(let other): if let other { onUnexpectedAnswer?(other) }
        case .unexpected: return false
        case .confirm(let execution, isNegative: false): answer(execution, [(.activationConfirmation, false)])
        case .confirm(let execution, isNegative: true):
            answer(execution, [(.activationConfirmation, true)])
            end(execution, .refused(reason), detail)
        case .confirmAndTerminate(let execution):
            answer(execution, [(.activationConfirmation, false), (.activationTermination, false)])
            end(execution, .done)
        case .terminate(let execution, let isNegative):
            answer(execution, [(.activationTermination, isNegative)])
            end(execution, isNegative ? .failed(reason) : .done, detail)
        }
        return true
    }

    private func answer(_ execution: CommandExecution, _ answers: [(CauseOfTransmission, Bool)]) {
        guard let session = openSessions.first(where: { $0.isStarted && $0.owner == execution.owner }) else { return }
        for (cause, isNegative) in answers {
            if isNegative { counters.refusals += 1 }
            session.answer(PendingAnswer(execution.request.mirrored(cause, isNegative: isNegative)))
        }
        session.link?.wake()
    }

    private func end(_ execution: CommandExecution, _ outcome: CommandRecord.Outcome, _ detail: String = "") {
        let order = execution.order
        record(
            CommandRecord(
                step: .execute, outcome: outcome, address: order.address, type: order.type, value: order.value,
                qualifier: order.qualifier, client: order.client, originatorAddress: order.originatorAddress,
                id: order.id, detail: detail))
        for answer in execution.heldAnswers { onUnexpectedAnswer?(answer) }
    }

    func record(_ record: CommandRecord) {
        counters.commands += 1
        if record.isRefused { counters.commandsRefused += 1 }
        onCommandRecord?(record)
    }

    /// Hands a command on. Where nobody takes it, it is refused.
    func carryOut(_ order: CommandOrder, until deadline: NIODeadline, now: NIODeadline) {
        if onCommand?(order, deadline) != true {
            commandWritten(order, .refused("too many commands wait for the store"), now: now)
        }
    }

    /// No command is taken any more; those under way go on.
    package func stopCommands() {
        takesCommands = false
    }

    /// Gives up what is under way: whoever waits is told no.
    package func giveUpCommands() {
        for progress in commands.abandonExecutions() { settle(progress, .stopping) }
    }

    /// True while a command is under way.
    package var isExecutingCommands: Bool { commands.isExecuting }

    /// True if the moment of a time tag lies near enough to now.
    func isTimely(_ moment: Int64) -> Bool {
        let (difference, overflow) = moment.subtractingReportingOverflow(milliseconds())
        return !overflow && abs(difference) <= settings.commands.maximumAge.nanoseconds / 1_000_000
    }
}
