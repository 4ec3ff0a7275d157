import IEC104Model
import NIOCore

extension StationSession {
    /// Takes a command, types 45...51 and 58...64.
    ///
    /// What it says is judged before the command machine sees it, so that a request that could never be carried out
    /// changes nothing. A command with the test bit is confirmed and not carried out.
    func command(_ request: ControlRequest, now: NIODeadline) {
        guard let objects = request.asdu?.objects, let object = objects.first,
            let content = CommandContent(object.element)
        else {
            station.counters.malformed += 1
            return
        }
        let identifier = request.identifier
        let address = PointAddress(
            commonAddress: identifier.commonAddress, informationObjectAddress: object.address)
        let step: CommandRecord.Step =
            identifier.cause == .deactivation ? .cancel : content.isSelect ? .select : .execute
        let attempt = Attempt(step: step, content: content, address: address, request: request)
        if let refusal = refusal(of: request, [.activation, .deactivation], broadcast: false) {
            record(attempt, .refused(refusal == .unknownCause ? .cause : .commonAddress))
            return refuse(request, refusal)
        }
        guard let definition = station.commands.definition(of: address),
            definition.type == identifier.typeIdentification.withoutTimeTag
        else {
            record(attempt, .refused(.objectAddress))
            return refuse(request, .unknownInformationObjectAddress)
        }
        guard objects.count == 1, !identifier.isSequence else {
            record(attempt, .refused(.severalObjects))
            return confirm(request, isNegative: true)
        }
        guard !identifier.isTest else {
            record(attempt, .tested)
            return confirm(request, isNegative: false)
        }
        if let reason = carryOut(attempt, definition, now: now) {
            confirm(request, isNegative: true)
            record(attempt, .refused(reason))
        } else if step != .execute {
            confirm(request, isNegative: false)
            record(attempt, .done)
        }
    }

    /// A command as it was asked for.
    private struct Attempt {
        let step: CommandRecord.Step
        let content: CommandContent
        let address: PointAddress
        let request: ControlRequest
    }

    /// Why it is refused; nil if it was taken.
    private func carryOut(
        _ attempt: Attempt, _ definition: CommandDefinition, now: NIODeadline
    ) -> CommandRecord.Refusal? {
        let (content, address) = (attempt.content, attempt.address)
        if attempt.step == .cancel {
            return station.commands.with(address) { $0.cancel(by: owner) } == true ? nil : .nothingToCancel
        }
        guard station.settings.commands.isEnabled else { return .disabled }
        guard station.mayCommand(peer) else { return .notAllowed }
        guard let value = content.value, definition.permits(value) else { return .value }
        guard content.hasDefinedQualifier else { return .qualifier }
        if let time = content.time, !station.isTimely(time) { return .time }
        let identifier = attempt.request.identifier
        let subject = CommandMachine.Subject(
            type: identifier.typeIdentification, value: value, qualifier: content.qualifier,
            originatorAddress: identifier.originatorAddress)
        if attempt.step == .select {
            let deadline = now + station.settings.commands.selectTimeout
            let isSelected = station.commands.with(address) { $0.select(subject, by: owner, until: deadline) }
            return isSelected == true ? nil : .busy
        }
        let order = CommandOrder(
            number: station.commands.nextNumber(), address: address, type: identifier.typeIdentification, value: value,
            qualifier: content.qualifier, cause: identifier.cause, originatorAddress: identifier.originatorAddress,
            client: peer, time: content.time)
        let execution = CommandMachine.Execution(
            order: order, owner: owner, request: attempt.request, deadline: now + station.settings.commands.timeout)
        let refusal = station.commands.with(address) { $0.execute(subject, execution) } ?? .objectAddress
        if let refusal { return refusal }
        station.carryOut(order, until: execution.deadline)
        return nil
    }

    private func record(_ attempt: Attempt, _ outcome: CommandRecord.Outcome) {
        station.record(
            CommandRecord(
                step: attempt.step, outcome: outcome, address: attempt.address,
                type: attempt.request.identifier.typeIdentification, value: attempt.content.value,
                qualifier: attempt.content.qualifier, client: peer,
                originatorAddress: attempt.request.identifier.originatorAddress))
    }

    /// Answers an execution, if the one who asked for it is still there.
    func answer(
        _ request: ControlRequest, _ cause: CauseOfTransmission, isNegative: Bool
    ) {
        answer(PendingAnswer(request.mirrored(cause, isNegative: isNegative)))
    }
}

extension CommandDefinition {
    /// False for a set-point that is no number or out of range.
    fileprivate func permits(_ value: CommandValue) -> Bool {
        guard let number = value.number else { return true }
        guard number.isFinite, let range else { return number.isFinite }
        // The limit 0.1 is the short float that comes nearest to it.
        guard case .shortFloat(let float) = value else { return range.contains(number) }
        return Float(range.lowerBound) <= float && float <= Float(range.upperBound)
    }
}
