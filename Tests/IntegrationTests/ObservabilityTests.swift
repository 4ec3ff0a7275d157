import ControllingStation
import IEC104Model
import NIOCore
import NIOPosix
import TestBench
import Testing

@Suite("What the connector tells of itself")
struct ObservabilityTests {
    @Test("the Prometheus endpoint has the figures of health, for each client too, and status shows them")
    func metrics() async throws {
        try await withThrowawayRedis { redis in
            let host = LoopbackAddress.next()
            let keys = ConnectorFixture.keys
            try await redis.send(["SET", keys.configuration, ConnectorFixture.configuration(host: host)])
            try await redis.send(["SET", keys.mapping, ConnectorFixture.mapping])
            let connector = try ConnectorProcess(
                id: ConnectorFixture.id, store: redis.configuration, options: ["--metrics", "\(host):9404"])
            try await connector.waitUntilRunning()
            let fixture = ConnectorFixture(redis: redis, host: host, connector: connector)
            let master = try await fixture.startedMaster()
            let stopped = try await fixture.connect()
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1,"timestamp":1768473000123}"#)
            try await fixture.set(1, 1602, #"{"value":1,"timestamp":1768473000123}"#)
            try await fixture.add(#"{"casdu":9,"ioa":9,"value":1}"#)
            for _ in 0..<3 { try await fixture.add("{") }
            _ = try await master.points(1)
            _ = try await master.connection.interrogate(commonAddress: 1)
            try await eventually("health and metrics tell the same, and what has happened") {
                let health = try await fixture.healthFields()
                let metrics = try await Self.metrics(host: host, port: 9404)
                guard health["entries"] == "5", health["duplicates"] == "1", health["unmapped"] == "1" else {
                    return false
                }
                return Self.differences(health, metrics).isEmpty
            }
            let health = try await fixture.healthFields()
            let figures = [
                "events": "1", "invalid": "3", "interrogations": "1", "accepted": "2", "overruns": "0",
                "reconnects": "0",
                "clients": "2", "points": "17", "dropped": "0",
            ]
            for (name, value) in figures { #expect(health[name] == value, "\(name)") }
            let metrics = try await Self.metrics(host: host, port: 9404)
            #expect(Self.differences(health, metrics).isEmpty)
            let clients = metrics.keys.filter { $0.hasPrefix("iec104_client_started{") }
            #expect(clients.count == 2)
            #expect(clients.compactMap { metrics[$0] }.sorted() == ["0", "1"])
            let status = try ChildProcess(
                try ConnectorProcess.executable(),
                ["status", "--id", ConnectorFixture.id, "redis", "--host", "\(redis.host):\(redis.port)"])
            _ = await status.exited()
            let table = status.tail(60)
            #expect(table.contains(#/state +Running/#) && table.contains(#/duplicates +1/#), "\(table)")
            #expect(table.ranges(of: #/unacknowledged +0 behind +since /#).count == 2, "\(table)")
            await stopped.close()
            await connector.kill()
        }
    }

    @Test("the Prometheus endpoint takes a few connections, and goes on when they end")
    func metricsConnections() async throws {
        try await withThrowawayRedis { redis in
            let host = LoopbackAddress.next()
            try await redis.send([
                "SET", ConnectorFixture.keys.configuration, ConnectorFixture.configuration(host: host),
            ])
            let connector = try ConnectorProcess(
                id: ConnectorFixture.id, store: redis.configuration, options: ["--metrics", "\(host):9404"])
            try await connector.waitUntilRunning()
            var idle: [any Channel] = []
            for _ in 0..<17 {
                let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                idle.append(try await bootstrap.connect(host: host, port: 9404).get())
            }
            try await eventually("the last one is closed") { [last = idle[16]] in !last.isActive }
            let areOthersOpen = idle.prefix(16).allSatisfy { $0.isActive }
            #expect(areOthersOpen)
            for channel in idle { channel.close(promise: nil) }
            try await eventually("there is room again") {
                try await !Self.metrics(host: host, port: 9404).isEmpty
            }
            await connector.kill()
        }
    }

    @Test("a flood of different bad entries is told in part, then how many were left out; good ones go on")
    func flood() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            for start in stride(from: 0, to: 5000, by: 500) {
                try await fixture.redis.send(
                    (start..<start + 500).map { ["XADD", "process:updates", "*", "data", "bad \($0)"] })
            }
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1}"#)
            _ = try await master.points(1)
            try await eventually("health counts all of them") { try await fixture.health("invalid") == "5000" }
            try await eventually("it is told how many were left out", within: .seconds(40), every: .milliseconds(200)) {
                try await fixture.errors().contains { $0.contains("further reports of this kind were left out") }
            }
            let suppressed = try await fixture.health("suppressed").flatMap { Int($0) } ?? 0
            let errors = try await fixture.errors()
            // The flood may reach over two periods of 10 s on a machine that is busy.
            #expect((50...102).contains(errors.count), "\(errors.count)")
            #expect((4900...4950).contains(suppressed), "\(suppressed)")
            let logged = fixture.connector.lines.count { $0.text.contains("invalid-point") }
            #expect(logged <= errors.count)
        }
    }

    /// Figures of health that the metrics lack or have otherwise.
    private static func differences(_ health: [String: String], _ metrics: [String: String]) -> [String] {
        let texts: Set = ["state", "version", "message", "since", "updated", "host", "port", "connections"]
        let differing = health.filter { name, value in
            guard !texts.contains(name) else { return false }
            let figure = metrics["iec104_\(name)_total"] ?? metrics["iec104_\(name)"]
            return figure != value
        }
        let states = metrics["iec104_state{state=\"\(health["state"] ?? "")\"}"] == "1" ? [] : ["state"]
        return differing.map { "\($0.key) \($0.value)" } + states
    }

    /// The samples, by name and labels.
    private static func metrics(host: String, port: Int) async throws -> [String: String] {
        let text = try await httpGet("/metrics", host: host, port: port)
        let samples = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("iec104_") }.compactMap { line in
            line.lastIndex(of: " ").map { (String(line[..<$0]), String(line[line.index(after: $0)...])) }
        }
        return Dictionary(samples) { first, _ in first }
    }

    private static func httpGet(_ path: String, host: String, port: Int) async throws -> String {
        let client = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await client.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
            var text = ""
            for try await part in inbound { text += String(buffer: part) }
            return text
        }
    }
}
