import IEC104Model
import NIOCore

/// The station's side of commands: handing them on, and answering when it is known what became of them.
extension Station {
    /// Replaces the commands that the station takes. Executions of commands that are gone, or have another definition
    /// now, are answered negatively.
    package func define(commands definitions: [CommandDefinition]) {
        for execution in commands.define(definitions) { settle(.giveUp(execution), .undefined) }
    }

    /// The store has the command, or will never take it.
    ///
    /// - Returns: false if the command doesn't wait for that any more.
    @discardableResult
    package func commandWritten(_ order: CommandOrder, isTaken: Bool) -> Bool {
        let progress = commands.with(order.address) { $0.written(order.number, isTaken: isTaken) }
        return settle(progress ?? .unexpected, .store)
    }

    /// The process confirms or terminates a command (cause 7 or 10).
    ///
    /// - Returns: false if no command waits for that.
    package func processAnswered(
        _ address: PointAddress, type: TypeIdentification?, cause: CauseOfTransmission, isNegative: Bool,
        now: NIODeadline
    ) -> Bool {
        guard let definition = commands.definition(of: address),
            type.map({ $0.withoutTimeTag == definition.type }) ?? true
        else { return false }
        let deadline = now + settings.commands.timeout
        let progress = commands.with(address) { machine -> CommandMachine.Progress in
            switch cause {
            case .activationConfirmation: machine.confirmed(isNegative: isNegative, until: deadline)
            case .activationTermination: machine.terminated(isNegative: isNegative)
            default: .unexpected
            }
        }
        return settle(progress ?? .unexpected, .process)
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
    private func settle(_ progress: CommandMachine.Progress, _ reason: CommandRecord.Refusal) -> Bool {
        switch progress {
        case .none: break
        case .unexpected: return false
        case .confirm(let execution, let isNegative):
            answer(execution, [(.activationConfirmation, isNegative)])
            if isNegative { record(execution, .refused(reason)) }
        case .confirmAndTerminate(let execution):
            answer(execution, [(.activationConfirmation, false), (.activationTermination, false)])
            record(execution, .done)
        case .terminate(let execution, let isNegative):
            answer(execution, [(.activationTermination, isNegative)])
            record(execution, isNegative ? .failed(reason) : .done)
        }
        return true
    }

    private func answer(_ execution: CommandMachine.Execution, _ answers: [(CauseOfTransmission, Bool)]) {
        guard let session = openSessions.first(where: { $0.isStarted && $0.owner == execution.owner }) else { return }
        for (cause, isNegative) in answers { session.answer(execution.request, cause, isNegative: isNegative) }
        session.link?.wake()
    }

    private func record(_ execution: CommandMachine.Execution, _ outcome: CommandRecord.Outcome) {
        let order = execution.order
        record(
            CommandRecord(
                step: .execute, outcome: outcome, address: order.address, type: order.type, value: order.value,
                qualifier: order.qualifier, client: order.client, originatorAddress: order.originatorAddress))
    }

    func record(_ record: CommandRecord) {
        counters.commands += 1
        if record.isRefused { counters.commandsRefused += 1 }
        onCommandRecord?(record)
    }

    /// Hands a command on. Where nobody takes it, it is refused.
    func carryOut(_ order: CommandOrder, until deadline: NIODeadline) {
        if onCommand?(order, deadline) != true { commandWritten(order, isTaken: false) }
    }

    /// True if the time tag of a command exists, is valid and lies near enough to now.
    func isTimely(_ time: CP56Time2a) -> Bool {
        guard !time.isInvalid, let moment = moment(time) else { return false }
        return abs(moment - milliseconds()) <= settings.commands.maximumAge.nanoseconds / 1_000_000
    }
}
