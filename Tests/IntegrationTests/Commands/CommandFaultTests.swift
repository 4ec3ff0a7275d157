import IEC104Model
import TestBench
import Testing

/// Redis and the connector are killed at each step of a command: before the store has it, while it is being written,
/// after that, after the confirmation. At most one execution, never a late one, and never silence.
@Suite("Commands under faults")
struct CommandFaultTests {
    private static let durable = ThrowawayRedis.Options(isPersistent: true, arguments: ["--appendfsync", "always"])

    @Test("CMD-54 without a store: refused at once, and not carried out when it is back")
    func storeGone() async throws {
        try await CommandFixture.with(options: Self.durable) { bench in
            await bench.fixture.redis.kill()
            let start = ContinuousClock.now
            try await bench.switchOn(2001)
            #expect(try await bench.answer() == "-7")
            let time = ContinuousClock.now - start
            #expect(time < .milliseconds(1900), "before the time is over")
            try await bench.fixture.redis.restart()
            try await commandsAgain(bench)
            #expect(try await bench.outputs().count == 1)
        }
    }

    @Test("CMD-54 a store that is stalled: refused when the time is over, and not carried out when it goes on")
    func storeStalled() async throws {
        try await CommandFixture.with(options: Self.durable) { bench in
            await bench.fixture.redis.pause()
            let start = ContinuousClock.now
            try await bench.switchOn(2001)
            #expect(try await bench.answer() == "-7")
            let time = ContinuousClock.now - start
            #expect((.milliseconds(1900)...(.seconds(4))).contains(time), "\(time)")
            await bench.fixture.redis.resume()
            try await commandsAgain(bench)
            #expect(try await bench.outputs().count == 1)
        }
    }

    @Test("CMD-54 CMD-55 a command that waits in the server past its time is never appended")
    func serverSlow() async throws {
        try await CommandFixture.with(#""timeout":1"#) { bench in
            try await bench.pauseWrites(.milliseconds(1800))
            try await bench.switchOn(2001)
            #expect(try await bench.answer() == "-7")
            try await commandsAgain(bench)
            #expect(try await bench.outputs().count == 1)
        }
    }

    @Test("CMD-01 nothing is confirmed before the store has it")
    func storeFirst() async throws {
        try await CommandFixture.with(#""timeout":10"#) { bench in
            try await bench.pauseWrites(.milliseconds(500))
            try await bench.switchOn(2001)
            let early = try await bench.answer(within: .milliseconds(200))
            #expect(early == "none")
            #expect(try await bench.answers(2) == ["+7", "+10"])
            #expect(try await bench.outputs().count == 1)
        }
    }

    @Test("CMD-55 the store killed while it is being written: refused, and there once at most")
    func storeKilledWhileWriting() async throws {
        try await CommandFixture.with(options: Self.durable) { bench in
            try await bench.pauseWrites(.seconds(60))
            try await bench.switchOn(2001)
            let early = try await bench.answer(within: .milliseconds(200))
            #expect(early == "none")
            await bench.fixture.redis.kill()
            #expect(try await bench.answer() == "-7")
            try await bench.fixture.redis.restart()
            try await commandsAgain(bench)
            #expect(try await bench.outputs().count == 1)
        }
    }

    @Test("CMD-25 the store killed before the process can confirm, or terminate: negative in time")
    func storeKilledWhileProcessWorks() async throws {
        try await CommandFixture.with(options: Self.durable) { bench in
            try await bench.switchOn(2003)
            try await eventually("the command is in the stream") { try await bench.outputs().count == 1 }
            await bench.fixture.redis.kill()
            #expect(try await bench.answer() == "-7")
            try await bench.fixture.redis.restart()
            try await bench.processAnswers(7)
            try await bench.fixture.waitForError("unexpected-confirmation", "point 1:2003, cause 7")

            try await bench.switchOn(2003)
            try await eventually("the second one is in the stream") { try await bench.outputs().count == 2 }
            try await bench.processAnswers(7)
            #expect(try await bench.answer() == "+7")
            await bench.fixture.redis.kill()
            #expect(try await bench.answer() == "-10")
            try await bench.fixture.redis.restart()
            try await bench.processAnswers(10)
            try await bench.fixture.waitForError("unexpected-confirmation", "point 1:2003, cause 10")
            #expect(try await bench.outputs().count == 2)
        }
    }

    @Test("CMD-55 the connector killed while it writes, or while the process works: once at most, and never again")
    func connectorKilled() async throws {
        try await CommandFixture.with { bench in
            try await bench.pauseWrites(.milliseconds(700))
            try await bench.switchOn(2001)
            let early = try await bench.answer(within: .milliseconds(200))
            #expect(early == "none")
            try await kill(bench.fixture)
            try await ConnectorFixture.run(bench.fixture.redis, host: bench.fixture.host) { fixture in
                let again = CommandFixture(fixture: fixture, master: try await fixture.startedMaster())
                let left = try await again.outputs().count
                #expect(left <= 1)
                try await again.switchOn(2003)
                try await eventually("the command is in the stream") { try await again.outputs().count == left + 1 }
                try await kill(fixture)
                try await ConnectorFixture.run(fixture.redis, host: fixture.host) { fixture in
                    let last = CommandFixture(fixture: fixture, master: try await fixture.startedMaster())
                    try await last.processAnswers(7)
                    try await fixture.waitForError("unexpected-confirmation", "point 1:2003, cause 7")
                    try await last.switchOn(2001)
                    #expect(try await last.answers(2) == ["+7", "+10"])
                    #expect(try await last.outputs().count == left + 2)
                    // Between selection and execution, and between confirmation and termination.
                    try await last.switchOn(2003)
                    try await eventually("the third is in the stream") { try await last.outputs().count == left + 3 }
                    try await last.processAnswers(7)
                    #expect(try await last.answer() == "+7")
                    try await last.switchOn(2002, isSelect: true)
                    #expect(try await last.answer() == "+7")
                    try await kill(fixture)
                }
                try await ConnectorFixture.run(fixture.redis, host: fixture.host) { fixture in
                    let end = CommandFixture(fixture: fixture, master: try await fixture.startedMaster())
                    try await end.switchOn(2002)
                    #expect(try await end.answer() == "-7", "the selection is gone")
                    try await end.processAnswers(10)
                    try await fixture.waitForError("unexpected-confirmation", "point 1:2003, cause 10")
                    #expect(try await end.outputs().count == left + 3)
                }
            }
        }
    }

    @Test("CMD-55 a connection that dies before the confirmation: carried out once")
    func connectionLost() async throws {
        try await CommandFixture.with(#""timeout":10"#) { bench in
            try await bench.pauseWrites(.milliseconds(500))
            try await bench.switchOn(2001)
            let early = try await bench.answer(within: .milliseconds(200))
            #expect(early == "none")
            await bench.master.connection.close()
            let again = CommandFixture(fixture: bench.fixture, master: try await bench.fixture.startedMaster())
            try await eventually("the command is in the stream") { try await again.outputs().count == 1 }
            let late = try await again.answer(within: .milliseconds(300))
            #expect(late == "none")
            #expect(try await again.outputs().count == 1)
        }
    }

    /// Kills the connector, and forgets that it was running.
    private func kill(_ fixture: ConnectorFixture) async throws {
        await fixture.connector.kill()
        try await fixture.redis.send(["DEL", ConnectorFixture.keys.health])
    }

    /// Commands until one is taken, which makes sure that everything sent before has got through or never will.
    private func commandsAgain(_ bench: CommandFixture) async throws {
        try await eventually("a command is taken again", within: .seconds(20)) {
            try await bench.switchOn(2001)
            let answer = try await bench.answer()
            if answer == "+7" { _ = try await bench.answer() }
            return answer == "+7"
        }
    }
}
