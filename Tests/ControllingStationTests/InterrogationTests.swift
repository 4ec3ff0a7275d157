import IEC104Channel
import IEC104Model
import NIOCore
import TestBench
import TestSupport
import Testing

@testable import ControllingStation

@Suite("Interrogation")
struct InterrogationTests {
    @Test("answers with confirmation, points and termination, and keeps what came between")
    func complete() async throws {
        try await ScriptedStation.with { command, user in
            guard command.identifier.originatorAddress == 7 else { return }
            user.send([
                .interrogation(1, .activationConfirmation),
                .float(1, 10, 1.5, .interrogatedByStation),
                .float(1, 11, 99, .spontaneous),
                .float(1, 11, 2.5, .interrogatedByStation),
                .interrogation(1, .activationTermination),
            ])
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let answer = try await connection.interrogate(commonAddress: 1, originatorAddress: 7)
                #expect(answer.confirmations.count == 1)
                #expect(answer.terminations.count == 1)
                #expect(answer.refusals.isEmpty)
                #expect(answer.points.map(\.information?.value) == [.shortFloat(1.5), .shortFloat(2.5)])
                #expect(answer.points.map(\.address.informationObjectAddress) == [10, 11])
                #expect(answer.points.allSatisfy { $0.cause == .interrogatedByStation && $0.type == .M_ME_NC_1 })
                #expect(answer.asdus.count == 5)
                #expect(answer.duration > .zero)
            }
        }
    }

    @Test("of a group takes only what that group reports")
    func group() async throws {
        try await ScriptedStation.with { command, user in
            user.send([
                .interrogation(1, .activationConfirmation, qualifier: .group(3)),
                .float(1, 10, 1, .interrogatedByGroup(3)),
                .float(1, 11, 2, .interrogatedByStation),
                .interrogation(1, .activationTermination),
                .interrogation(1, .activationTermination, qualifier: .group(3)),
            ])
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let answer = try await connection.interrogate(commonAddress: 1, qualifier: .group(3))
                #expect(answer.points.map(\.information?.value) == [.shortFloat(1)])
            }
        }
    }

    @Test("of counters takes only what the counters report")
    func counters() async throws {
        try await ScriptedStation.with { command, user in
            guard case .C_CI_NA_1(let element)? = command.objects.first?.element else { return }
            func reply(_ cause: CauseOfTransmission) -> ASDU {
                ASDU(
                    InformationObject(address: .irrelevant, element: .C_CI_NA_1(element)), cause: cause,
                    commonAddress: 1)
            }
            let counter = ASDU(
                InformationObject(
                    address: 9, element: .M_IT_NA_1(M_IT_NA_1(reading: BinaryCounterReading(value: 42)))),
                cause: .requestedByGeneralCounter, commonAddress: 1)
            user.send([
                .interrogation(1, .activationTermination), reply(.activationConfirmation),
                .float(1, 8, 1, .interrogatedByStation), counter, reply(.activationTermination),
            ])
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let answer = try await connection.interrogateCounters(commonAddress: 1)
                #expect(answer.points.map(\.type) == [.M_IT_NA_1])
                #expect(answer.confirmations.count == 1 && answer.terminations.count == 1)
            }
        }
    }

    @Test("that is refused fails with the negative confirmation")
    func negative() async throws {
        try await ScriptedStation.with { _, user in
            user.send([.interrogation(1, .activationConfirmation, isNegative: true)])
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let failure = await #expect(throws: InterrogationFailure.self) {
                    try await connection.interrogate(commonAddress: 1)
                }
                #expect(failure?.reason == .refused)
                #expect(failure?.answer.refusals.count == 1)
            }
        }
    }

    @Test("is told apart by the cause of the refusal", arguments: 44...47 as ClosedRange<UInt8>)
    func unknown(cause: UInt8) async throws {
        let cause = CauseOfTransmission(rawValue: cause)
        try await ScriptedStation.with { command, user in
            user.send([.interrogation(command.identifier.commonAddress, cause, isNegative: true)])
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let failure = await #expect(throws: InterrogationFailure.self) {
                    try await connection.interrogate(commonAddress: 99)
                }
                #expect(failure?.reason == .unknown(cause))
            }
        }
    }

    @Test("that never ends fails after its time with what has come, and leaves the connection usable")
    func neverTerminated() async throws {
        try await ScriptedStation.with { command, user in
            let address = command.identifier.commonAddress
            user.send([
                .interrogation(address, .activationConfirmation), .float(address, 10, 1, .interrogatedByStation),
            ])
            if address == 2 { user.send([.interrogation(2, .activationTermination)]) }
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let failure = await #expect(throws: InterrogationFailure.self) {
                    try await connection.interrogate(commonAddress: 1, timeout: .seconds(2))
                }
                #expect(failure?.reason == .timedOut(.seconds(2), open: [1]))
                #expect(failure?.answer.points.count == 1)
                let next = try await connection.interrogate(commonAddress: 2)
                #expect(next.points.count == 1)
            }
        }
    }

    @Test("fails when the connection is lost meanwhile")
    func connectionLost() async throws {
        try await ScriptedStation.with { _, user in
            user.send([.interrogation(1, .activationConfirmation), .float(1, 10, 1, .interrogatedByStation)])
            user.close()
        } _: { station in
            try await withStartedConnection(to: station) { connection in
                let failure = await #expect(throws: InterrogationFailure.self) {
                    try await connection.interrogate(commonAddress: 1)
                }
                guard case .closed? = failure?.reason else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
                await #expect(throws: InterrogationFailure.self) { try await connection.interrogate(commonAddress: 1) }
            }
        }
    }

    @Test("stops waiting when its task is cancelled")
    func cancelled() async throws {
        try await ScriptedStation.with { station in
            try await withStartedConnection(to: station) { connection in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await connection.interrogate(commonAddress: 1) }
                    try await eventually { try await station.statistics.informationReceived == 1 }
                    group.cancelAll()
                    await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                }
            }
        }
    }

    @Test("needs data transfer to be started")
    func notStarted() async throws {
        try await ScriptedStation.with { station in
            try await ControllingConnection.withConnection(host: "127.0.0.1", port: station.port) { connection in
                _ = await #expect(throws: ConnectionFault.notStarted) { try await connection.interrogate() }
            }
        }
    }
}
