import Foundation
import Synchronization
import TestBench
import Testing

/// The moment in which a command is being written to the store.
@Suite("Commands on their way to the store")
struct CommandWritingTests {
    /// The server stands still with the command in its socket, and the connection breaks: whether it will be there,
    /// only the server decides, when it goes on.
    ///
    /// - Parameter body: begins when that has happened, and is told when the command had been sent to the connector.
    private func interrupted(
        timeout: Int, point: UInt32,
        _ body: (CommandFixture, ThrowawayRedis, _ sent: ContinuousClock.Instant) async throws -> Void
    ) async throws {
        try await CommandFixture.withRelay(#""timeout":\#(timeout)"#) { bench, relay in
            let redis = bench.fixture.redis
            let pid = try #require(await redis.pid)
            let isCut = Atomic<Bool>(false)
            relay.cut(at: "EVAL") {
                _ = kill(pid, SIGSTOP)
                isCut.store(true, ordering: .releasing)
            }
            do {
                try await bench.switchOn(point)
                let sent = ContinuousClock.now
                try await eventually("the command is on its way") { isCut.load(ordering: .acquiring) }
                try await body(bench, redis, sent)
            } catch {
                await redis.resume()
                throw error
            }
            await redis.resume()
        }
    }

    @Test(
        "CMD-55 the acknowledgement lost, the command written after that: the process confirms it, and the master knows"
    )
    func processConfirms() async throws {
        try await interrupted(timeout: 20, point: 2003) { bench, redis, _ in
            let early = try await bench.answer(within: .seconds(1))
            #expect(early == "none", "what may be written is not refused")
            await redis.resume()
            try await eventually("the command is in the stream") { try await bench.outputs().count == 1 }
            try await bench.processAnswers(7)
            try await bench.processAnswers(10)
            #expect(try await bench.answers(2) == ["+7", "+10"])
            try await bench.fixture.waitForError("late-command", "1:2003", "nobody knows")
        }
    }

    @Test("CMD-54 a connector that is told to stop meanwhile refuses nothing that may still be written")
    func stoppedMeanwhile() async throws {
        try await interrupted(timeout: 15, point: 2001) { bench, redis, _ in
            bench.fixture.connector.signal(SIGTERM)
            let early = try await bench.answer(within: .seconds(7))
            #expect(early == "none")
            #expect(try await bench.answer(within: .seconds(30)) == "-7")
            await redis.resume()
            #expect(try await bench.fixture.connector.waitForExit(within: .seconds(60)) == .exited(0))
            #expect(try await bench.outputs() == [])
        }
    }

    @Test(
        "CMD-54 CMD-55 the acknowledgement lost: refused when it can't be written any more, and it never is after that")
    func neverAfterRefusal() async throws {
        try await interrupted(timeout: 3, point: 2001) { bench, redis, sent in
            #expect(try await bench.answer() == "-7")
            let time = ContinuousClock.now - sent
            #expect(time > .milliseconds(2900), "\(time)")
            await redis.resume()
            try await bench.fixture.waitForError("late-command", "1:2001", "nobody knows")
            try await eventually("a command is taken again", within: .seconds(20)) {
                try await bench.switchOn(2001)
                let answer = try await bench.answer()
                if answer == "+7" { _ = try await bench.answer() }
                return answer == "+7"
            }
            #expect(try await bench.outputs().count == 1)
        }
    }
}
