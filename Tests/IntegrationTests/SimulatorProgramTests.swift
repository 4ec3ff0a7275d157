import Foundation
import TestBench
import Testing

/// The program iec104-sim as a user runs it.
@Suite("iec104-sim")
struct SimulatorProgramTests {
    private func start(_ arguments: String...) throws -> ChildProcess {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        return try ChildProcess(folder.appendingPathComponent("iec104-sim").path, arguments)
    }

    private func output(_ process: ChildProcess) -> [String] {
        process.lines.filter { $0.source == .standardOutput }.map(\.text)
    }

    @Test("demo: what comes out equals what was fed in")
    func demo() async throws {
        let process = try start("demo", "--duration", "2", "--rate", "200")
        #expect(try await process.waitForExit(within: .seconds(60)).code == 0, "\(process.tail())")
        let summary = try #require(output(process).last)
        let counts = summary.split { !$0.isNumber }.compactMap { Int($0) }
        #expect(counts.count == 3)
        #expect(counts.first == counts.dropFirst().first)
        #expect(summary.contains("every one equal and in order"))
    }

    @Test("demo: ends at SIGINT with its comparison")
    func demoInterrupted() async throws {
        let process = try start("demo")
        try await eventually("updates are fed", within: .seconds(30)) {
            output(process).contains { $0.contains("updates fed") }
        }
        process.signal(SIGINT)
        #expect(try await process.waitForExit(within: .seconds(30)).code == 0, "\(process.tail())")
        #expect(output(process).last?.contains("every one equal") == true)
    }

    @Test("demo: tells when the connector dies, and leaves nothing behind")
    func demoBroken() async throws {
        let process = try start("demo")
        try await eventually("updates are fed", within: .seconds(30)) {
            output(process).contains { $0.contains("updates fed") }
        }
        let line = try #require(output(process).first { $0.contains("process ") })
        let pid = try #require(line.split(separator: "process ").last?.prefix { $0.isNumber }).description
        #expect(kill(try #require(Int32(pid)), SIGKILL) == 0)
        #expect(try await process.waitForExit(within: .seconds(30)).code == 2)
        #expect(process.tail().contains("the connection to the connector was lost"))
    }

    @Test("soak: under every kind of fault each master is sent every entry once and in order", .timeLimit(.minutes(6)))
    func soak() async throws {
        let process = try start("soak", "--duration", "25", "--pause", "1.5", "--seed", "104")
        let status = try await process.waitForExit(within: .seconds(200))
        #expect(status.code == 0, "\(process.tail())")
        let text = output(process).joined(separator: "\n")
        for kind in [
            "store killed", "store stalled", "store connection cut", "connector killed", "master stalled",
            "mapping changed",
            "link parameters changed",
        ] { #expect(text.contains("\(kind) "), "\(kind)") }
        #expect(text.contains("Even: nothing lost, nothing twice, nothing out of order"))
    }

    @Test("monitor: JSON lines of every point, then SIGINT with exit code 0")
    func monitor() async throws {
        try await ConnectorFixture.with { fixture in
            let process = try start("monitor", fixture.host, "--counters")
            try await eventually("both interrogations are over") {
                output(process).filter { $0.contains(#""cot":10,"#) }.count == 4
            }
            let objects = try output(process).map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            let points = objects.filter { ($0["typeid"] as? Int ?? 0) < 45 }
            #expect(points.count == 17)
            #expect(points.allSatisfy { ($0["quality"] as? [String])?.contains("IV") == true })
            try await fixture.add(#"{"casdu":1,"ioa":1601,"value":22.5,"timestamp":"2026-01-15T10:30:00.123Z"}"#)
            try await eventually("the update is shown") {
                output(process).contains {
                    $0.contains(#""value":22.5,"quality":[],"timestamp":{"iso":"2026-01-15T10:30:00.123""#)
                }
            }
            process.signal(SIGINT)
            #expect(try await process.waitForExit().code == 0)
        }
    }

    @Test("monitor: exit code 2 with the reason when the connection is lost or can't be made")
    func monitorLost() async throws {
        try await ConnectorFixture.with { fixture in
            let process = try start("monitor", fixture.host)
            try await eventually("something is shown") { !output(process).isEmpty }
            await fixture.connector.kill()
            #expect(try await process.waitForExit().code == 2)
            #expect(process.tail().contains("lost"))
            let second = try start("monitor", fixture.host)
            #expect(try await second.waitForExit().code == 2)
            #expect(second.tail().contains("refused"))
        }
    }

    @Test("monitor: exit code 2 where STARTDT act isn't confirmed, with the reason")
    func monitorNotStarted() async throws {
        try await withThrowawayRedis { redis in
            // Neither does a store answer STARTDT act.
            let silent = try start("monitor", "\(redis.host):\(redis.port)", "--duration", "0.5")
            #expect(try await silent.waitForExit(within: .seconds(60)).code == 2)
            #expect(silent.tail().contains("\(redis.host):\(redis.port) has not confirmed STARTDT act"))
        }
        try await ConnectorFixture.with(configuration: { ConnectorFixture.configuration(host: $0, maxConnections: 1) })
        {
            fixture in
            let first = try await fixture.startedMaster(from: LoopbackAddress.next())
            let refused = try start("monitor", fixture.host)
            #expect(try await refused.waitForExit(within: .seconds(60)).code == 2)
            #expect(refused.tail().contains("before STARTDT con; does the station take another connection?"))
            #expect(!refused.tail().contains("descriptor"))
            await first.connection.close()
        }
    }

    @Test(
        "a wrong command line gives 64",
        arguments: [
            ["monitor"], ["monitor", "host:0"], ["monitor", "h", "--w", "13"], ["demo", "--rate", "0"], ["x"],
        ])
    func usage(arguments: [String]) async throws {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        let process = try ChildProcess(folder.appendingPathComponent("iec104-sim").path, arguments)
        #expect(try await process.waitForExit().code == 64)
    }
}
