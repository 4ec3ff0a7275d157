import ControllingStation
import DataStore
import Foundation
import IEC104Model
import TestBench
import Testing

@Suite("Health, start and end of the process")
struct LifecycleTests {
    @Test("health expires after 30 s unless renewed, and SIGTERM leaves Stopped without expiry and exit code 0")
    func orderlyEnd() async throws {
        try await ConnectorFixture.with { fixture in
            let key = ConnectorFixture.keys.health
            let lifetime = try await fixture.redis.send(["TTL", key])
            #expect([.integer(29), .integer(30)].contains(lifetime))
            let master = try await fixture.startedMaster()
            let status = await fixture.connector.stop()
            #expect(status == .exited(0))
            let reason = try await master.connection.closed()
            #expect(reason == .remote)
            let (state, after) = (try await fixture.health("state"), try await fixture.redis.send(["TTL", key]))
            #expect(state == "Stopped")
            #expect(after == .integer(-1))
        }
    }

    @Test("health is written again at least every 10 s")
    func heartbeat() async throws {
        try await ConnectorFixture.with { fixture in
            let first = try await fixture.health("updated")
            try await eventually("it is written again", within: .seconds(13)) {
                try await fixture.health("updated") != first
            }
        }
    }

    @Test("a second signal ends the process at once")
    func secondSignal() async throws {
        try await ConnectorFixture.with { fixture in
            // A master that doesn't acknowledge keeps the connector draining.
            let connection = try await fixture.connect(parameters: ConnectorFixture.patient)
            try await connection.startDataTransfer()
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1}"#)
            try await eventually("it has an event") { await connection.statistics.informationReceived > 2 }
            fixture.connector.signal(SIGTERM)
            try await eventually("it is stopping") { fixture.connector.lines.contains { $0.text.contains("stopping") } }
            #expect(fixture.connector.status == nil)
            fixture.connector.signal(SIGINT)
            let status = try await fixture.connector.waitForExit(within: .seconds(2))
            #expect(status == .exited(1))
        }
    }

    @Test("a file alone is enough to start, and a password shows in no line of the log")
    func configurationFile() async throws {
        let secret = "correct-horse"
        try await withThrowawayRedis(ThrowawayRedis.Options(password: secret)) { redis in
            let folder = try TemporaryFolder("file")
            let host = LoopbackAddress.next()
            try await redis.send([
                "SET", ConnectorFixture.keys.configuration, ConnectorFixture.configuration(host: host),
            ])
            func run(password: String) throws -> ChildProcess {
                let file = folder.path + "/\(password).toml"
                let text = """
                    id = "\(ConnectorFixture.id)"
                    log-level = "trace"
                    [redis]
                    host = "\(redis.host):\(redis.port)"
                    pwd = "\(password)"
                    """
                try text.write(toFile: file, atomically: true, encoding: .utf8)
                return try ChildProcess(try ConnectorProcess.executable(), ["--config", file])
            }
            let wrong = try run(password: "wrong-horse")
            try await eventually("the refusal is logged") { wrong.lines.contains { $0.text.contains("WRONGPASS") } }
            await wrong.kill()
            let right = try run(password: secret)
            try await eventually("it runs") {
                try await redis.send(["HGET", ConnectorFixture.keys.health, "state"]).string == "Running"
            }
            await right.kill()
            #expect(!(wrong.lines + right.lines).contains { $0.text.contains("horse") })
        }
    }

    @Test("check, publish and status: faults are listed and nothing is written; then both documents at once")
    func publishing() async throws {
        try await withThrowawayRedis { redis in
            let folder = try TemporaryFolder("publish")
            let host = LoopbackAddress.next()
            let (good, bad, mapping) = (folder.path + "/c.json", folder.path + "/bad.json", folder.path + "/m.json")
            try ConnectorFixture.configuration(host: host).write(toFile: good, atomically: true, encoding: .utf8)
            try #"{ "protocol": { "t1": 5, "t2": 5, "k": 0 } }"#.write(toFile: bad, atomically: true, encoding: .utf8)
            try ConnectorFixture.mapping.write(toFile: mapping, atomically: true, encoding: .utf8)
            func run(_ arguments: [String]) async throws -> (status: TestBench.ExitStatus, text: String) {
                let process = try ChildProcess(try ConnectorProcess.executable(), arguments)
                return (await process.exited(), process.tail(100))
            }
            let store = ["redis", "--host", "\(redis.host):\(redis.port)"]
            let refused = try await run(
                ["publish", "--id", "it", "--config-json", bad, "--mapping-json", mapping] + store)
            #expect(refused.status == .exited(1))
            #expect(refused.text.contains("bad.json:1:32: error: protocol.t2"))
            #expect(refused.text.contains("protocol.k"))
            let none = try await redis.send([
                "EXISTS", ConnectorFixture.keys.configuration, ConnectorFixture.keys.mapping,
            ])
            #expect(none == .integer(0))

            let before = try await run(["status", "--id", "it"] + store)
            #expect(before.status == .exited(1))
            let written = try await run(
                ["publish", "--id", "it", "--config-json", good, "--mapping-json", mapping] + store)
            #expect(written.status == .exited(0), "\(written.text)")
            let connector = try ConnectorProcess(id: "it", store: redis.configuration)
            try await connector.waitUntilRunning()
            let after = try await run(["status", "--id", "it", "--json"] + store)
            #expect(after.status == .exited(0))
            let health = try JSONSerialization.jsonObject(with: Data(after.text.utf8)) as? [String: Any]
            #expect(health?["state"] as? String == "Running")
            #expect(health?["points"] as? Int == 17)
            await connector.kill()
        }
    }

    @Test("idle with masters connected, the connector uses next to no processor time")
    func idle() async throws {
        try await ConnectorFixture.with { fixture in
            var masters: [TestMaster] = []
            for _ in 0..<10 { masters.append(try await fixture.startedMaster()) }
            let before = try processorTicks(fixture.connector.pid)
            try await Task.sleep(for: .seconds(5))
            let used = try processorTicks(fixture.connector.pid) - before
            // A hundredth of a second each; a loop that polls every 100 ms uses more than this.
            #expect(used <= 5, "\(used) ticks in 5 s")
            #expect(masters.count == 10)
        }
    }

    /// User and system time of a process, in hundredths of a second.
    private func processorTicks(_ pid: Int32) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
            throw BenchError("no processor time in \(text)")
        }
        return user + system
    }
}
