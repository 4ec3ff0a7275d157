import IEC104Model
import NIOCore

extension StationSession {
    /// Takes a command, types 45...51 and 58...64.
    ///
    /// What it says is judged before the command machine sees it, so that a request that could never be carried out
    /// changes nothing. A command with the test bit is confirmed then, and not carried out.
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
        // What has run out by now must not count any more, whether the timer was quicker or not.
        station.commandDeadlineReached(now)
        if let reason = carryOut(attempt, definition, now: now) {
            confirm(request, isNegative: true)
            record(attempt, .refused(reason))
        } else if identifier.isTest {
            confirm(request, isNegative: false)
            record(attempt, .tested)
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

    /// Why it is refused; nil if it was taken. With the test bit, what it says is judged, and neither selection nor
    /// execution is touched.
    private func carryOut(
        _ attempt: Attempt, _ definition: CommandDefinition, now: NIODeadline
    ) -> CommandRecord.Refusal? {
        guard station.takesCommands else { return .stopping }
        guard station.settings.commands.isEnabled else { return .disabled }
        guard station.mayCommand(peer) else { return .notAllowed }
        let (content, address) = (attempt.content, attempt.address)
        let identifier = attempt.request.identifier
        if attempt.step == .cancel {
            if identifier.isTest { return nil }
            return station.commands.with(address) { $0.cancel(by: owner) } == true ? nil : .nothingToCancel
        }
        guard let value = content.value, definition.permits(value) else { return .value }
        guard content.hasDefinedQualifier else { return .qualifier }
        var timeTag: Int64?
        if let time = content.time {
            guard !time.isInvalid, let moment = station.moment(time), station.isTimely(moment) else { return .time }
            timeTag = moment
        }
        if identifier.isTest { return nil }
        let subject = CommandMachine.Subject(
            type: identifier.typeIdentification, value: value, qualifier: content.qualifier,
            originatorAddress: identifier.originatorAddress)
        if attempt.step == .select {
            let deadline = now + station.settings.commands.selectTimeout
            let isSelected = station.commands.with(address) { $0.select(subject, by: owner, until: deadline) }
            return isSelected == true ? nil : .busy
        }
        let order = CommandOrder(
            id: station.commands.nextID(), address: address, type: identifier.typeIdentification, value: value,
            conversion: definition.conversion, qualifier: content.qualifier, cause: identifier.cause,
            originatorAddress: identifier.originatorAddress, client: peer, timeTag: timeTag)
        let execution = CommandExecution(
            order: order, definition: definition, owner: owner, request: attempt.request,
            deadline: now + station.settings.commands.timeout)
        let refusal = station.commands.with(address) { $0.execute(subject, execution) } ?? .objectAddress
        if let refusal { return refusal }
        station.carryOut(order, until: execution.deadline, now: now)
        return nil
    }

    private func record(_ attempt: Attempt, _ outcome: CommandRecord.Outcome) {
        station.record(
            CommandRecord(
                step: attempt.step, outcome: outcome, address: attempt.address,
                type: attempt.request.identifier.typeIdentification, value: attempt.content.value,
                qualifier: attempt.content.qualifier, client: peer,
                originatorAddress: attempt.request.identifier.originatorAddress, id: nil, detail: ""))
    }
}
