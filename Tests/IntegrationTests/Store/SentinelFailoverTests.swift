import ControllingStation
import DataStore
import IEC104Model
import TestBench
import Testing

@Suite("A primary, a replica and three sentinels")
struct SentinelFailoverTests {
    @Test("a failover that is asked for is followed: all that the new primary has is sent once and in order")
    func forced() async throws {
        try await SentinelBench.with { bench in
            try await bench.run { fixture in
                let master = try await fixture.startedMaster()
                let stream = try await bench.write(to: master, 600) { number in
                    if number == 200 {
                        try await bench.sentinels[0].send(["SENTINEL", "FAILOVER", SentinelBench.name])
                    }
                }
                try await bench.check(fixture, stream)
            }
        }
    }

    @Test("a primary that dies is followed to the one that the sentinels choose, also with a sentinel down")
    func killed() async throws {
        try await SentinelBench.with(password: "sesame") { bench in
            await bench.sentinels[0].kill()
            try await bench.run { fixture in
                let master = try await fixture.startedMaster()
                let stream = try await bench.write(to: master, 600) { number in
                    if number == 200 { await bench.primary.kill() }
                }
                try await bench.check(fixture, stream)
            }
        }
    }

    @Test("a name that they don't know is told in the log, and by status")
    func wrongName() async throws {
        try await SentinelBench.with { bench in
            var store = bench.store
            store.primaryName = "other"
            let connector = try ConnectorProcess(id: ConnectorFixture.id, store: store)
            try await eventually("the log tells it") {
                connector.lines.contains { line in
                    bench.sentinels.allSatisfy { line.text.contains("\($0.endpoint) doesn't know other") }
                }
            }
            await connector.kill()
            let status = try ChildProcess(
                try ConnectorProcess.executable(), ["status", "--id", "it", "redis"] + store.arguments)
            let code = try await status.waitForExit()
            #expect(code == .exited(1))
            #expect(status.tail().contains("doesn't know other"))
        }
    }
}
