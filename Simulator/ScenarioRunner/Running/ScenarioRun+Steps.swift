import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

extension ScenarioRun {
    /// - Throws: `StepFailure`, `ConnectionFault`; others if the run can't go on.
    func perform(_ action: StepAction, on connection: ScenarioConnection) async throws {
        switch action {
        case .startDataTransfer:
            try await connection.link.startDataTransfer()
            connection.inbox.remove { $0.apci == .unnumbered(.startDataTransferConfirmation) }
        case .stopDataTransfer:
            try await connection.link.stopDataTransfer()
            connection.inbox.remove { $0.apci == .unnumbered(.stopDataTransferConfirmation) }
        case .interrogate(let step): try await interrogate(step, connection)
        case .command(let request): try await command(request, connection)
        case .send(let octets): try await connection.link.send(asduOctets: octets())
        case .ask(let octets, let expectation):
            let begin = NIODeadline.now()
            try await connection.link.send(asduOctets: octets())
            try await expect(expectation, connection, since: begin)
        case .raw(let octets): try await connection.link.sendRaw(octets)
        case .expect(let expectation): try await expect(expectation, connection, since: .now())
        case .silence(let pattern, let time): try await silence(pattern, time, connection)
        case .acknowledge(let isOn): try await connection.link.acknowledge(isOn)
        case .disconnect: await connection.link.close()
        case .connect, .inject, .wait: try await performWithoutConnection(action)
        }
    }

    func performWithoutConnection(_ action: StepAction) async throws {
        switch action {
        case .inject(let injection):
            guard let store = options.store else {
                throw ScenarioStoreFault(description: "inject needs a store")
            }
            try await store.inject(injection)
        case .wait(let time): try await Task.sleep(for: time)
        default: throw StepFailure(expected: "a connection", came: "there is none")
        }
    }

    // MARK: Waiting

    private func expect(
        _ expectation: FrameExpectation, _ connection: ScenarioConnection, since begin: NIODeadline
    ) async throws {
        let deadline = ContinuousClock.now + expectation.limit
        var observation = Observation(expectation, start: start, begin: begin)
        while !observation.isMet {
            switch try await connection.inbox.next(until: deadline) {
            case .frame(let frame): try observation.take(frame)
            case .closed(let reason):
                guard case .closed = expectation.pattern else { throw observation.closed("\(reason)") }
                if let earliest = expectation.earliest, NIODeadline.now() - begin < TimeAmount(earliest) {
                    throw StepFailure(
                        expected: "the end of the connection not before \(TimeSpan.text(earliest))",
                        came: "\(ScenarioClock.text(.now() - start)) s  \(reason)")
                }
                return
            case nil: throw observation.missing
            }
        }
    }

    /// What doesn't break the silence is left for later steps.
    private func silence(
        _ pattern: FramePattern, _ time: Duration, _ connection: ScenarioConnection
    ) async throws {
        let deadline = ContinuousClock.now + time
        var others: [ReceivedFrame] = []
        var breach: StepFailure?
        waiting: while breach == nil {
            switch try await connection.inbox.next(until: deadline) {
            case .frame(let frame) where pattern.matches(frame) > 0:
                breach = StepFailure(
                    expected: "silence (\(pattern)) for \(TimeSpan.text(time))",
                    came: Observation.line(frame, since: start))
            case .frame(let frame): others.append(frame)
            case .closed(let reason):
                breach = StepFailure(
                    expected: "silence on a connection that lasts", came: "the connection ended: \(reason)")
            case nil: break waiting
            }
        }
        connection.inbox.putBack(others)
        if let breach { throw breach }
    }

    // MARK: Requests

    private func interrogate(_ step: InterrogationStep, _ connection: ScenarioConnection) async throws {
        let timeout = TimeAmount(step.limit)
        let answer: InterrogationAnswer
        do {
            switch step.request {
            case .process(let qualifier):
                answer = try await connection.link.interrogate(
                    commonAddress: step.commonAddress, qualifier: qualifier, timeout: timeout)
            case .counters(let qualifier):
                answer = try await connection.link.interrogateCounters(
                    commonAddress: step.commonAddress, qualifier: qualifier, timeout: timeout)
            }
        } catch let failure as InterrogationFailure {
            throw StepFailure(expected: "a complete answer", came: "\(failure)")
        }
        connection.inbox.remove { frame in
            guard let received = frame.received else { return false }
            let type = received.asdu?.identifier.typeIdentification
            return answer.reports(received) || type == .C_IC_NA_1 || type == .C_CI_NA_1
        }
        guard let points = step.points else { return }
        let addresses = Set(answer.points.map(\.address))
        guard answer.points.count == points, addresses.count == points else {
            throw StepFailure(
                expected: "\(points) points, each once",
                came: "\(answer.points.count) reports of \(addresses.count) points")
        }
    }

    private func command(_ request: CommandRequest, _ connection: ScenarioConnection) async throws {
        let exchange = await CommandExchange(connection.link)
        var events: [String] = []
        let time =
            request.hasTimeTag ? CP56Time2a(millisecondsSince1970: WallClock.milliseconds()) : nil
        let outcome = try await exchange.perform(
            request.step, of: request.command, time: time, timeout: request.limit,
            awaitsTermination: request.answer == .terminated || request.answer == .failed
        ) { event in
            events.append(
                "\(event.kind.rawValue), \(event.asdu.identifier.cause) (\(event.asdu.identifier.cause.rawValue))")
        }
        let address = request.command.address
        connection.inbox.remove { frame in
            guard let asdu = frame.received?.asdu else { return false }
            return asdu.identifier.typeIdentification.isCommand
                && asdu.identifier.commonAddress == address.commonAddress
                && asdu.objects.first?.address == address.informationObjectAddress
        }
        guard request.answer.describes(outcome) else {
            throw StepFailure(
                expected: "the command to be \(request.answer) within \(TimeSpan.text(request.limit))",
                came: ["\(outcome)"] + events)
        }
    }
}
