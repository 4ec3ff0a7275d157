import Foundation
import TestBench
import Testing

/// `iec104-sim load` as a user runs it, against the connector's program.
@Suite("iec104-sim load")
struct LoadProgramTests {
    private struct Outcome {
        let code: Int32?
        let figures: [String: Any]
        let errors: String

        func count(_ name: String) -> Int? { figures[name] as? Int }
        func figure(_ group: String, _ name: String) -> Double {
            (figures[group] as? [String: Any])?[name] as? Double ?? .nan
        }
    }

    private func start(_ arguments: [String]) throws -> ChildProcess {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        return try ChildProcess(folder.appendingPathComponent("iec104-sim").path, ["load", "--json"] + arguments)
    }

    private func outcome(_ process: ChildProcess) async throws -> Outcome {
        let status = try await process.waitForExit(within: .seconds(90))
        let line = process.lines.first { $0.source == .standardOutput }?.text ?? "{}"
        let errors = process.lines.filter { $0.source == .standardError }.map(\.text).joined(separator: "\n")
        return Outcome(
            code: status.code,
            figures: try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:], errors: errors)
    }

    private func load(_ arguments: String...) async throws -> Outcome { try await outcome(try start(arguments)) }

    /// A connector with five points for a load, 1:9001...9005.
    private func withConnector(
        stream: String? = nil, _ body: (ConnectorFixture, _ store: String) async throws -> Void
    ) async throws {
        let points = (9001...9005).map { #"{ "casdu": 1, "ioa": \#($0), "type": 33 }"# }.joined(separator: ", ")
        let streams = stream.map { #", "streams": { "input": "\#($0)" }"# } ?? ""
        try await ConnectorFixture.with(
            mapping: ConnectorFixture.mapping(with: points),
            configuration: { ConnectorFixture.configuration(host: $0, streams) }
        ) { try await body($0, "\($0.redis.configuration.endpoint)") }
    }

    @Test("each connection receives each event once and in order, and rates and latencies are told")
    func even() async throws {
        try await withConnector { fixture, store in
            let outcome = try await load(
                fixture.host, "--connections", "4", "--duration", "1", "--redis", store, "--rate", "500", "--ioa",
                "9001",
                "--points", "5")
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.count("written") == 500)
            #expect(outcome.count("received") == 2000)
            #expect(outcome.count("lost") == 0)
            #expect(outcome.figure("latency", "p99.9Ms") > 0)
            #expect(outcome.figure("interrogation", "maxMs") > 0)
            #expect(outcome.figure("interrogation", "points") > 0)
            #expect(outcome.figure("start", "perSecond") > 0)
            let again = try await load(
                fixture.host, "--connections", "2", "--duration", "0.2", "--redis", store, "--rate", "500", "--ioa",
                "9001")
            #expect(again.code == 0, "\(again.errors)")
            #expect(again.count("received") == 200)
        }
    }

    @Test("the configuration of --id tells the input stream")
    func inputStream() async throws {
        try await withConnector(stream: "plant:values") { fixture, store in
            let arguments = ["--duration", "0.1", "--redis", store, "--rate", "100", "--ioa", "9001"]
            let named = try await outcome(
                start([fixture.host, "--connections", "1", "--id", ConnectorFixture.id] + arguments))
            #expect(named.code == 0, "\(named.errors)")
            #expect(named.count("received") == 10)
        }
    }

    @Test("what is dropped, doubled or exchanged on its way into the connector is found at each connection")
    func faults() async throws {
        try await withConnector { fixture, store in
            let process = try start([
                fixture.host, "--connections", "2", "--duration", "0.5", "--redis", store, "--rate", "200", "--ioa",
                "9001", "--points", "5", "--stream", "load:raw",
            ])
            // Hands the events on: without the 8th, with the 21st twice, the 40th behind the 41st.
            var count = 0
            var (last, held) = ("0", "")
            while count < 100 {
                let reply = try await fixture.redis.send(
                    ["XREAD", "COUNT", "50", "BLOCK", "100", "STREAMS", "load:raw", last])
                var handedOn: [String] = []
                for entry in reply.elements?.first?.elements?.last?.elements ?? [] {
                    guard let id = entry.elements?.first?.string,
                        let document = entry.elements?.last?.elements?.last?.string
                    else { continue }
                    (last, count) = (id, count + 1)
                    switch count {
                    case 8: break
                    case 40: held = document
                    case 21, 41: handedOn += [document, count == 21 ? document : held]
                    default: handedOn.append(document)
                    }
                }
                try await fixture.redis.send(handedOn.map { ["XADD", "process:updates", "*", "data", $0] })
                guard process.status == nil else { break }
            }
            let outcome = try await outcome(process)
            #expect(outcome.code == 1, "\(outcome.errors)")
            let each = outcome.figures["perConnection"] as? [[String: Any]] ?? []
            #expect(each.map { $0["lost"] as? Int } == [1, 1])
            #expect(each.map { $0["duplicates"] as? Int } == [1, 1])
            #expect(each.map { $0["misordered"] as? Int } == [1, 1])
            #expect(each.map { $0["received"] as? Int } == [100, 100])
        }
    }

    @Test("Ctrl-C ends it, and the outcome so far is told")
    func interrupted() async throws {
        try await withConnector { fixture, store in
            let process = try start([
                fixture.host, "--connections", "2", "--duration", "600", "--redis", store, "--rate", "100", "--ioa",
                "9001",
            ])
            try await eventually("events are written") {
                let length = try await fixture.redis.send(["XLEN", "process:updates"]).integer
                return length ?? 0 > 10
            }
            process.signal(SIGINT)
            let outcome = try await outcome(process)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(outcome.figures["interrupted"] as? Bool == true)
            let written = try #require(outcome.count("written"))
            #expect((10..<60_000).contains(written))
            #expect(outcome.count("received") == 2 * written && outcome.count("lost") == 0)
        }
    }

    @Test("a store that asks for user and password is written with them, and not without")
    func access() async throws {
        try await withConnector { fixture, store in
            try await fixture.redis.send(["ACL", "SETUSER", "loader", "on", ">sesame", "~*", "+@all"])
            let arguments = [
                fixture.host, "--connections", "1", "--duration", "0.1", "--rate", "100", "--ioa", "9001", "--redis",
                store, "--redis-user", "loader", "--redis-pwd",
            ]
            let inside = try await outcome(start(arguments + ["sesame"]))
            #expect(inside.code == 0, "\(inside.errors)")
            let outside = try await outcome(start(arguments + ["onion"]))
            #expect(outside.code == 2 && !outside.errors.contains("onion"), "\(outside.errors)")
        }
    }

    @Test("a station that takes fewer connections is exit code 2, and the message says which one it was")
    func tooMany() async throws {
        try await withConnector { fixture, _ in
            let outcome = try await load(fixture.host, "--connections", "11", "--duration", "1")
            #expect(outcome.code == 2)
            #expect(outcome.errors.contains("of 11: the connection has ended"), "\(outcome.errors)")
            #expect(outcome.errors.contains("maxConnections"))
        }
    }

    @Test("a station or a store that can't be reached is exit code 2")
    func unreachable() async throws {
        let nobody = LoopbackAddress.next()
        let station = try await load(nobody, "--connections", "1", "--duration", "1")
        #expect(station.code == 2)
        let store = try await load(
            nobody, "--connections", "1", "--duration", "1", "--redis", LoopbackAddress.next(), "--rate", "1")
        #expect(store.code == 2)
    }

    @Test(
        "what can't be meant is exit code 64, and the message names the option",
        arguments: [
            (["--connections", "0", "--duration", "1"], "--connections is 0"),
            (["--connections", "1", "--duration", "0"], "--duration is 0"),
            (["--connections", "1", "--duration", "1", "--rate", "5"], "--redis and --rate belong together"),
            (["--connections", "1", "--duration", "1", "--ioa", "5"], "--redis and --rate are missing"),
            (["--connections", "1", "--duration", "1", "--redis", "h", "--rate", "0.1"], "makes 0 events"),
            (
                [
                    "--connections", "1", "--duration", "1", "--redis", "h", "--rate", "1", "--ioa", "16777215",
                    "--points", "2",
                ],
                "goes beyond 16777215"
            ),
        ])
    func usage(_ arguments: [String], _ message: String) async throws {
        let outcome = try await outcome(try start(["127.0.0.1"] + arguments))
        #expect(outcome.code == 64)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
}
