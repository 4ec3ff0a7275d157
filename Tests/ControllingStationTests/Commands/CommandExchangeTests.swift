import IEC104Channel
import IEC104Model
import Synchronization
import TestSupport
import Testing

@testable import ControllingStation

/// Commands to a station that answers as it is told.
@Suite("Command exchange")
struct CommandExchangeTests {
    private static let command = Command(
        address: PointAddress(commonAddress: 1, informationObjectAddress: 5), value: .single(true))
    private static let confirmation = reply(.activationConfirmation)
    private static let termination = reply(.activationTermination)

    /// What a station makes of the execution.
    private static func reply(_ cause: CauseOfTransmission, isNegative: Bool = false) -> ASDU {
        var reply = command.asdu(.execute)
        reply.identifier.cause = cause
        reply.identifier.isNegative = isNegative
        return reply
    }

    /// Performs a step with a station that sends `answers` for any request.
    private func perform(
        _ answers: [ASDU], step: CommandStep = .execute, timeout: Duration = .seconds(20),
        awaitsTermination: Bool = true
    ) async throws -> (outcome: CommandOutcome, events: [CommandEvent]) {
        let events = Mutex<[CommandEvent]>([])
        let outcome = Mutex<CommandOutcome?>(nil)
        try await ScriptedStation.with { _, user in
            user.send(answers)
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let result = try await CommandExchange(connection).perform(
                    step, of: Self.command, timeout: timeout, awaitsTermination: awaitsTermination
                ) { event in events.withLock { $0.append(event) } }
                outcome.withLock { $0 = result }
            }
        }
        return (try #require(outcome.withLock { $0 }), events.withLock { $0 })
    }

    @Test("tells what happens in order, and ends with the termination")
    func terminated() async throws {
        let (outcome, events) = try await perform([Self.confirmation, Self.termination])
        #expect(outcome == .terminated)
        #expect(events.map(\.kind) == [.sent, .confirmed, .terminated])
        #expect(events.map(\.asdu) == [Self.command.asdu(.execute), Self.confirmation, Self.termination])
        #expect(events.allSatisfy { $0.isMirrored })
        #expect(events.map(\.millisecondsSince1970) == events.map(\.millisecondsSince1970).sorted())
    }

    @Test("ends at once when the station confirms negatively")
    func refused() async throws {
        let (outcome, events) = try await perform([Self.reply(.activationConfirmation, isNegative: true)])
        #expect(outcome == .refused)
        #expect(events.map(\.kind) == [.sent, .refused])
    }

    @Test("ends at once when the station sends it back as unknown", arguments: 44...47 as ClosedRange<UInt8>)
    func unknown(number: UInt8) async throws {
        let cause = CauseOfTransmission(rawValue: number)
        let (outcome, events) = try await perform([Self.reply(cause, isNegative: true)])
        #expect(outcome == .unknown(cause))
        #expect(events.map(\.kind) == [.sent, .unknown])
    }

    @Test("has failed when its termination is negative")
    func failed() async throws {
        let (outcome, events) = try await perform(
            [Self.confirmation, Self.reply(.activationTermination, isNegative: true)])
        #expect(outcome == .failed)
        #expect(events.map(\.kind) == [.sent, .confirmed, .failed])
    }

    @Test("ends in time while the station sends events without end")
    func flood() async throws {
        let events = Array(repeating: ASDU.float(1, 11, 99, .spontaneous), count: 50)
        let outcome = Mutex<CommandOutcome?>(nil)
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        while !Task.isCancelled { try await station.send(events) }
                    }
                    let result = try await CommandExchange(connection).perform(
                        .execute, of: Self.command, timeout: .milliseconds(300))
                    outcome.withLock { $0 = result }
                    group.cancelAll()
                }
            }
        }
        #expect(outcome.withLock { $0 } == .unconfirmed)
    }

    @Test("ends in time without a confirmation, or without a termination")
    func silence() async throws {
        let unconfirmed = try await perform([], timeout: .milliseconds(100))
        #expect(unconfirmed.outcome == .unconfirmed)
        let unterminated = try await perform([Self.confirmation], timeout: .seconds(2))
        #expect(unterminated.outcome == .unterminated)
        #expect(unterminated.events.map(\.kind) == [.sent, .confirmed])
    }

    @Test("is over with the confirmation where no termination is awaited, and for selections and cancellations")
    func confirmed() async throws {
        let execution = try await perform([Self.confirmation], awaitsTermination: false)
        #expect(execution.outcome == .confirmed)
        for (step, cause) in [
            (CommandStep.select, CauseOfTransmission.activationConfirmation), (.cancel, .deactivationConfirmation),
        ] {
            var answer = Self.command.asdu(step)
            answer.identifier.cause = cause
            let (outcome, events) = try await perform([answer], step: step)
            #expect(outcome == .confirmed)
            #expect(events.map(\.kind) == [.sent, .confirmed])
        }
    }

    @Test("isn't taken for answered by what belongs to another step, object, station or type")
    func foreign() async throws {
        var selection = Self.command.asdu(.select)
        selection.identifier.cause = .activationConfirmation
        var otherObject = Self.command
        otherObject.address.informationObjectAddress = 6
        var otherStation = Self.command
        otherStation.address.commonAddress = 2
        var otherType = Self.command
        otherType.value = .double(true)
        var foreign = [otherObject, otherStation, otherType].map { $0.asdu(.execute) }
        for index in foreign.indices { foreign[index].identifier.cause = .activationConfirmation }
        let refusal = Self.reply(.activationConfirmation, isNegative: true)
        let (outcome, events) = try await perform([selection] + foreign + [.float(1, 5, 1), refusal])
        #expect(outcome == .refused)
        #expect(events.map(\.kind) == [.sent, .refused])
    }

    @Test("takes a termination ahead of its confirmation, and shows a second confirmation as unexpected")
    func disorder() async throws {
        let early = try await perform([Self.termination, Self.confirmation])
        #expect(early.outcome == .terminated)
        #expect(early.events.map(\.kind) == [.sent, .terminated, .confirmed])
        let twice = try await perform([Self.confirmation, Self.confirmation, Self.termination])
        #expect(twice.outcome == .terminated)
        #expect(twice.events.map(\.kind) == [.sent, .confirmed, .unexpected, .terminated])
    }

    @Test("tells answers that don't mirror the request")
    func careless() async throws {
        var value = Self.confirmation
        value.objects = Command(address: Self.command.address, value: .single(false)).asdu(.execute).objects
        var originator = Self.termination
        originator.identifier.originatorAddress = 3
        let (outcome, events) = try await perform([value, originator])
        #expect(outcome == .terminated)
        #expect(events.map(\.isMirrored) == [true, false, false])
    }

    @Test("shows return information with cause 11 and 12 among thousands of live updates")
    func returnInformation() async throws {
        let updates = (0..<3000).map { ASDU.float(1, 1, Float($0)) }
        let information = ASDU.float(1, 10, 1, .returnInformationRemote)
        let local = ASDU.float(1, 10, 2, .returnInformationLocal)
        let (outcome, events) = try await perform(
            updates + [Self.confirmation, information] + updates + [local, Self.termination])
        #expect(outcome == .terminated)
        #expect(events.map(\.kind) == [.sent, .confirmed, .returnInformation, .returnInformation, .terminated])
        #expect(events.map(\.asdu)[2...3] == [information, local])
    }

    @Test("goes on to wait for return information after its end")
    func watching() async throws {
        let late = ASDU.float(1, 10, 1, .returnInformationRemote)
        let seen = Mutex<[ASDU]>([])
        try await ScriptedStation.with { _, user in
            user.send([Self.confirmation, Self.termination, .float(1, 11, 1), late])
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let exchange = await CommandExchange(connection)
                _ = try await exchange.perform(.execute, of: Self.command, timeout: .seconds(20))
                await #expect(throws: ConnectionFault.self) {
                    try await exchange.watchReturnInformation(for: .seconds(20)) { event in
                        seen.withLock { $0.append(event.asdu) }
                        await connection.close()
                    }
                }
            }
        }
        #expect(seen.withLock { $0 } == [late])
    }

    @Test("fails with the reason when the connection ends before the answer")
    func closed() async throws {
        try await ScriptedStation.with { _, user in
            user.close()
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let exchange = await CommandExchange(connection)
                await #expect(throws: ConnectionFault.closed(.remote)) {
                    _ = try await exchange.perform(.execute, of: Self.command, timeout: .seconds(20))
                }
                await #expect(throws: ConnectionFault.closed(.remote)) {
                    try await exchange.watchReturnInformation(for: .seconds(20)) { _ in }
                }
            }
        }
    }

    @Test("sends nothing unless data transfer is started")
    func notStarted() async throws {
        try await ScriptedStation.with { station in
            try await ControllingConnection.withConnection(host: "127.0.0.1", port: station.port) { connection in
                let exchange = await CommandExchange(connection)
                await #expect(throws: ConnectionFault.notStarted) {
                    _ = try await exchange.perform(.execute, of: Self.command, timeout: .seconds(20))
                }
            }
        }
    }
}
