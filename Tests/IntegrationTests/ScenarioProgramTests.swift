import Foundation
import TestBench
import Testing

/// `iec104-sim run` as a user runs it: the scenarios in Simulator/Scenarios against the connector's program.
@Suite("iec104-sim run")
struct ScenarioProgramTests {
    private static let command = #"{ "casdu": 1, "ioa": 2002, "type": 45, "selectBeforeOperate": true }"#
    /// Timers that a test can wait for.
    private static let timers = #", "protocol": { "t1": 3, "t2": 1, "t3": 2 }"#
    private static let shortTimes = ["t1_earliest=2.5", "t1_latest=6", "t3_earliest=1.5", "t3_latest=6"]

    private func withConnector(
        maxConnections: Int = 10, _ fields: String = "", _ body: (ConnectorFixture) async throws -> Void
    ) async throws {
        try await ConnectorFixture.with(
            mapping: ConnectorFixture.mapping(with: Self.command),
            configuration: {
                ConnectorFixture.configuration(host: $0, maxConnections: maxConnections, fields)
            }, body)
    }

    /// Runs the program to its end.
    private func run(_ arguments: [String]) async throws -> (code: Int32?, output: String) {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        let process = try ChildProcess(folder.appendingPathComponent("iec104-sim").path, ["run"] + arguments)
        let status = try await process.waitForExit(within: .seconds(120))
        return (status.code, process.lines.map(\.text).joined(separator: "\n"))
    }

    private func run(
        _ file: String, _ fixture: ConnectorFixture, settings: [String] = []
    ) async throws -> (code: Int32?, output: String) {
        let store = ["--redis", "\(fixture.redis.host):\(fixture.redis.port)", "--id", ConnectorFixture.id]
        return try await run([file, fixture.host] + store + settings.flatMap { ["--set", $0] })
    }

    private func shipped(_ name: String) -> String {
        Repository.path("Simulator/Scenarios/\(name).yaml")
    }

    /// A file with these steps on a connection with data transfer started.
    private func file(_ steps: String, variables: String? = nil, in folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/scenario.yaml"
        let variables = variables.map { "variables: \($0)\n" } ?? ""
        try ("version: 1\n" + variables + "steps:\n  - connect\n  - startdt\n" + steps).write(
            toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test(
        "each scenario that is shipped passes",
        arguments: ["interrogation", "spontaneous", "window", "avalanche", "switch-over", "select-before-operate"])
    func shippedPasses(name: String) async throws {
        try await withConnector { fixture in
            let (code, output) = try await run(shipped(name), fixture)
            #expect(code == 0, "\(output)")
            #expect(output.contains("\npassed: "), "\(output)")
        }
    }

    @Test("the scenario of the timeouts passes")
    func timeoutsPass() async throws {
        try await withConnector(Self.timers) { fixture in
            let (code, output) = try await run(shipped("timeouts"), fixture, settings: Self.shortTimes)
            #expect(code == 0, "\(output)")
        }
    }

    @Test(
        "each scenario that is shipped fails against a station that isn't as it says",
        arguments: [
            ("interrogation", "points=15", "15 points, each once"),
            ("spontaneous", "ioa=1701", "M_ME_TF_1 (36), spontaneous (3), CA 1, IOA 1701"),
            ("timeouts", "t3_latest=0.2", "TESTFR act within 0.2 s"),
            ("window", "k=11", "silence (an I frame) for 1 s"),
            ("window", "w=7", "an S frame within 2 s"),
            ("avalanche", "ca=3", "a complete answer"),
            ("switch-over", "ca=3", "a complete answer"),
            ("select-before-operate", "ioa=2003", "the command to be refused"),
        ])
    func shippedFails(name: String, setting: String, expected: String) async throws {
        try await withConnector { fixture in
            let (code, output) = try await run(shipped(name), fixture, settings: [setting])
            #expect(code == 1, "\(output)")
            #expect(output.contains("    expected: \(expected)"), "\(output)")
        }
    }

    @Test("the scenario of the switch-over fails with a station that takes one connection")
    func switchOverRefused() async throws {
        try await withConnector(maxConnections: 1) { fixture in
            let (code, output) = try await run(shipped("switch-over"), fixture)
            #expect(code == 1, "\(output)")
            #expect(output.contains("the connection ended"), "\(output)")
        }
    }

    @Test("a failed expectation says what was expected, what came instead, and when")
    func failureIsTold() async throws {
        try await withConnector { fixture in
            let folder = try TemporaryFolder("scenario")
            let path = try file(
                """
                  - inject: { ca: 1, ioa: 1602, value: 7 }
                  - expect: { ca: 1, ioa: 1602, value: 8 }
                    within: 1500 ms
                  - startdt
                """, in: folder)
            let (code, output) = try await run(path, fixture)
            let lines = output.split(separator: "\n").map(String.init)
            #expect(code == 1)
            #expect(lines.contains { $0.contains("FAILED  line 6: expect CA 1, IOA 1602, value 8 within 1.5 s") })
            #expect(lines.contains("    expected: CA 1, IOA 1602, value 8 within 1.5 s"), "\(output)")
            let came = lines.filter { $0.contains("M_ME_NC_1 (13), spontaneous (3), CA 1, IOA 1602 = 7.0") }
            #expect(came.count == 1, "\(output)")
            #expect(came.first?.contains(" s  I(") == true)
            #expect(lines.last?.hasPrefix("failed: line 6 after ") == true, "\(output)")
            #expect(!output.contains("line 8"))
        }
    }

    @Test("the end of the connection fails a step that waits, and is what another one waits for")
    func connectionEnds() async throws {
        try await withConnector { fixture in
            let folder = try TemporaryFolder("scenario")
            let garbage = "  - raw: 00 01 02\n"
            let met = try await run(try file(garbage + "  - expect: closed\n    within: 5 s\n", in: folder), fixture)
            #expect(met.code == 0, "\(met.output)")
            let missed = try await run(
                try file(garbage + "  - expect: { ioa: 99 }\n    within: 5 s\n", in: folder), fixture)
            #expect(missed.code == 1, "\(missed.output)")
            #expect(missed.output.contains("the connection ended: closed by the other end"), "\(missed.output)")
        }
    }

    @Test("a scenario that injects needs a store: 64, and no usage of other commands")
    func storeIsMissing() async throws {
        let folder = try TemporaryFolder("scenario")
        let path = try file("  - inject: { ca: 1, ioa: 1, value: 1 }\n", in: folder)
        let (code, output) = try await run([path, LoopbackAddress.next()])
        #expect(code == 64)
        #expect(output.contains("--redis is missing"), "\(output)")
        #expect(!output.contains("Usage: iec104-sim <subcommand>"), "\(output)")
    }

    @Test("exit code 2: no station, no store, or a file that can't be used")
    func noRun() async throws {
        let folder = try TemporaryFolder("scenario")
        let path = try file("  - inject: { ca: 1, ioa: 1, value: 1 }\n", in: folder)
        let host = LoopbackAddress.next()
        let noStore = try await run([path, host, "--redis", host])
        #expect(noStore.code == 2, "\(noStore.output)")
        let noStation = try await run([shipped("interrogation"), host])
        #expect(noStation.code == 2)
        #expect(noStation.output.contains("refused"))
        let broken = try await run([try file("  - expekt: closed\n", in: folder), "--check"])
        #expect(broken.code == 2)
        #expect(broken.output.contains("scenario.yaml:5:5: unknown step \"expekt\"; did you mean \"expect\"?"))
    }

    @Test("--check connects to nobody and has nothing to complain of in what is shipped")
    func check() async throws {
        let folder = Repository.path("Simulator/Scenarios")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 7)
        for name in names {
            let process = try await run([folder + "/" + name, "--check"])
            #expect(process.code == 0, "\(process.output)")
        }
    }

    @Test("the example of the README is a scenario")
    func readmeExample() async throws {
        let folder = try TemporaryFolder("scenario")
        let path = folder.path + "/readme.yaml"
        try Repository.readmeBlock("yaml").write(toFile: path, atomically: true, encoding: .utf8)
        let process = try await run([path, "--check"])
        #expect(process.code == 0, "\(process.output)")
    }

    @Test("the other steps: read, clock, send, raw, counters, a repetition")
    func otherSteps() async throws {
        try await withConnector { fixture in
            let folder = try TemporaryFolder("scenario")
            let path = try file(
                """
                  - inject: { ca: 1, ioa: 1602, value: 7 }
                    into: image
                  - expect: { ca: 1, ioa: 1602, value: 7 }
                  - read: { ca: 1, ioa: 1602, value: 7, quality: [] }
                  - clock: 1
                  - counters: 1
                    group: 1
                    points: 1
                  - interrogate: 1
                    group: 2
                    points: 1
                  - repeat: 3
                    steps:
                      - send: { type: C_TS_TA_1, ca: 1, value: "${round}" }
                      - expect: { type: C_TS_TA_1, cause: activation-confirmation, value: "${round}" }
                  - send: { octets: 64 01 06 00 01 00 00 00 00 14 }
                  - expect: { type: 100, cause: 7 }
                  - expect: { type: 100, cause: 10 }
                  - stopdt
                  - raw: 68 04 43 00 00 00
                  - expect: testfr con
                  - disconnect
                """, in: folder)
            let (code, output) = try await run(path, fixture)
            #expect(code == 0, "\(output)")
            #expect(output.contains("line 18, round 3: send C_TS_TA_1 (107)"), "\(output)")
        }
    }

    @Test("what is injected goes to the input stream of the connector that --id names, and comes on any connection")
    func otherStream() async throws {
        try await withConnector(#", "streams": { "input": "plant" }"#) { fixture in
            let folder = try TemporaryFolder("scenario")
            let path = try file(
                """
                  - connect: second
                    to: ${host}:2404
                    from: 127.0.0.9
                  - startdt:
                    connection: second
                  - inject: { ca: 1, ioa: 1602, value: 7 }
                  - expect: { ca: 1, ioa: 1602, value: 7 }
                  - expect: { ca: 1, ioa: 1602, value: 7 }
                    connection: second
                """, variables: "{ host: localhost }", in: folder)
            let (code, output) = try await run(path, fixture, settings: ["host=\(fixture.host)"])
            #expect(code == 0, "\(output)")
            let entries = try await fixture.redis.send(["XLEN", "plant"]).integer
            #expect(entries == 1)
        }
    }

    @Test("a wrong command line gives 64")
    func usage() async throws {
        for arguments in [
            ["x.yaml"], ["x.yaml", "h", "--set", "ca"], ["x.yaml", "h", "--id", "a"], [shipped("avalanche"), "h"],
        ] {
            let process = try await run(arguments)
            #expect(process.code == 64, "\(arguments) \(process.output)")
        }
    }
}
