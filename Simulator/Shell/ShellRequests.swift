import ControllingStation
import IEC104Channel
import IEC104Model
import NIOCore
import StationMonitor

/// Requests that are over when they are answered.
struct ShellRequests: Sendable {
    private let connection: ControllingConnection
    /// How long the whole answer may take.
    private let timeout: Duration

    init(_ connection: ControllingConnection, _ timeout: Duration) {
        self.connection = connection
        self.timeout = timeout
    }

    /// - Throws: `InterrogationFailure`, `ConnectionFault`, `ShellFault`.
    func interrogate(_ request: InterrogationRequest, _ address: CommonAddress) async throws -> String {
        let limit = TimeAmount.nanoseconds(Int64(timeout / .nanoseconds(1)))
        let answer: InterrogationAnswer
        switch request {
        case .process(let qualifier):
            answer = try await connection.interrogate(
                commonAddress: address, qualifier: qualifier, timeout: limit)
        case .counters(let qualifier) where qualifier.freeze == 0:
            answer = try await connection.interrogateCounters(
                commonAddress: address, qualifier: qualifier, timeout: limit)
        case .counters(let qualifier): return try await confirm(.C_CI_NA_1(.init(qualifier: qualifier)), address)
        }
        return "ok: \(answer.points.count) points in \(ShellSession.milliseconds(answer.duration))"
    }

    /// - Throws: `ConnectionFault`, `ShellFault`.
    func clock(_ address: CommonAddress) async throws -> String {
        let time = CP56Time2a(millisecondsSince1970: WallClock.milliseconds())
        return try await confirm(.C_CS_NA_1(.init(time: time)), address)
    }

    /// - Throws: `ConnectionFault`, `ShellFault`.
    func read(_ address: PointAddress) async throws -> String {
        let request = ASDU(
            InformationObject(address: address.informationObjectAddress, element: .C_RD_NA_1(.init())), cause: .request,
            commonAddress: address.commonAddress)
        return try await answer(to: request) { asdu in
            guard asdu.identifier.commonAddress == address.commonAddress,
                asdu.objects.first?.address == address.informationObjectAddress
            else { return nil }
            if asdu.identifier.typeIdentification.isProcessInformation, asdu.identifier.cause == .request {
                return .success("ok: \(address) read")
            }
            return asdu.identifier.typeIdentification == .C_RD_NA_1 ? .failure(refusal(asdu.identifier)) : nil
        }
    }

    /// - Throws: `ConnectionFault`, `ShellFault`.
    func command(_ command: Command, _ type: TypeIdentification, _ steps: [CommandStep]) async throws -> String {
        var last: CommandVerdict?
        for step in steps {
            let verdict = try await perform(step, command, type)
            guard verdict.isSuccess else { throw ShellFault("\(verdict)") }
            last = verdict
        }
        return "ok: \(last.map { "\($0)" } ?? "nothing sent")"
    }

    private func perform(
        _ step: CommandStep, _ command: Command, _ type: TypeIdentification
    ) async throws -> CommandVerdict {
        let termination = CommandTermination(of: command)
        let time = type.hasTimeTag ? CP56Time2a(millisecondsSince1970: WallClock.milliseconds()) : nil
        let outcome = try await CommandExchange(connection).perform(
            step, of: command, time: time, timeout: timeout, awaitsTermination: termination == .required)
        return CommandVerdict(step: step, outcome: outcome, termination: termination, timeout: timeout)
    }

    // MARK: Answers

    /// Sends a request that is answered by its confirmation.
    private func confirm(_ element: InformationElement, _ address: CommonAddress) async throws -> String {
        let object = InformationObject(address: .irrelevant, element: element)
        let request = ASDU(object, cause: .activation, commonAddress: address)
        return try await answer(to: request) { asdu in
            let identifier = asdu.identifier
            guard identifier.typeIdentification == request.identifier.typeIdentification,
                address == .broadcast || identifier.commonAddress == address
            else { return nil }
            guard identifier.cause == .activationConfirmation, !identifier.isNegative else {
                return .failure(refusal(identifier))
            }
            return .success("ok: confirmed by common address \(identifier.commonAddress)")
        }
    }

    private func refusal(_ identifier: DataUnitIdentifier) -> ShellFault {
        ShellFault(
            "refused: \(identifier.cause) (cause \(identifier.cause.rawValue))"
                + (identifier.isNegative ? ", negative" : ""))
    }

    /// Sends a request and waits for the ASDU that answers it.
    ///
    /// - Parameter judge: nil for an ASDU that doesn't.
    private func answer(
        to request: ASDU, _ judge: (ASDU) -> Result<String, ShellFault>?
    ) async throws -> String {
        let subscription = await connection.subscribe()
        let deadline = ContinuousClock.now + timeout
        try await connection.send(request)
        while let received = await subscription.next(until: deadline) {
            if let result = received.asdu.flatMap(judge) { return try result.get() }
        }
        try Task.checkCancellation()
        if let reason = await connection.closeReason { throw ConnectionFault.closed(reason) }
        throw ShellFault("no answer within \(timeout)")
    }
}
