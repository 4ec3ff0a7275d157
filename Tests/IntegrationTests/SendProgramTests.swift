import DataStore
import Foundation
import TestBench
import Testing

/// `iec104-sim send` as a user runs it, against the connector's program.
@Suite("iec104-sim send")
struct SendProgramTests {
    private static let mapping = """
        { "points": [
          { "casdu": 1, "ioa": 1001, "type": 30 },
          { "casdu": 1, "ioa": 2001, "type": 45 },
          { "casdu": 1, "ioa": 2002, "type": 45, "selectBeforeOperate": true },
          { "casdu": 1, "ioa": 2003, "type": 45, "confirmation": "process" },
          { "casdu": 1, "ioa": 2101, "type": 46 }, { "casdu": 1, "ioa": 2201, "type": 47 },
          { "casdu": 1, "ioa": 2301, "type": 48 }, { "casdu": 1, "ioa": 2401, "type": 49 },
          { "casdu": 1, "ioa": 2501, "type": 50, "min": -10, "max": 10 }, { "casdu": 1, "ioa": 2601, "type": 51 }
        ] }
        """

    /// A connector with commands, and the output stream of its process side.
    private func withConnector(
        configuration fields: String = "", _ body: (ConnectorFixture) async throws -> Void
    ) async throws {
        try await ConnectorFixture.with(
            mapping: Self.mapping, configuration: { ConnectorFixture.configuration(host: $0, fields) }, body)
    }

    private func start(_ arguments: [String]) throws -> ChildProcess {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        return try ChildProcess(folder.appendingPathComponent("iec104-sim").path, ["send"] + arguments)
    }

    /// Sends a command to the end and gives its exit code and the lines of its output.
    private func send(
        _ host: String, type: String, to address: Int, _ value: String, _ options: String...
    ) async throws -> (code: Int32?, lines: [String]) {
        let process = try start(
            [host, "--type", type, "--ca", "1", "--ioa", "\(address)", "--value", value] + options)
        let status = try await process.waitForExit(within: .seconds(60))
        return (status.code, output(process))
    }

    private func output(_ process: ChildProcess) -> [String] {
        process.lines.filter { $0.source == .standardOutput }.map(\.text)
    }

    /// The second column of each line that has a time in the first.
    private func kinds(_ lines: [String]) -> [String] {
        lines.filter { $0.hasPrefix("20") }.compactMap { line in
            line.split(separator: " ", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
        }
    }

    private func orders(_ fixture: ConnectorFixture) async throws -> [[String: Any]] {
        let entries = try await fixture.redis.send(["XRANGE", "connectors:it:output", "-", "+"]).elements ?? []
        return try entries.compactMap { $0.elements?.last?.elements?.last?.string }.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test("each type is carried out, confirmed and terminated, with exit code 0")
    func everyType() async throws {
        try await withConnector { fixture in
            let commands = [
                ("45", 2001, "on"), ("46", 2101, "off"), ("47", 2201, "higher"), ("48", 2301, "-0.5"),
                ("49", 2401, "-7"), ("50", 2501, "1.5"), ("51", 2601, "0xFF"), ("C_SC_TA_1", 2001, "off"),
                ("59", 2101, "on"), ("60", 2201, "lower"), ("61", 2301, "0.25"), ("62", 2401, "8"),
                ("63", 2501, "-2.5"), ("64", 2601, "7"),
            ]
            for (type, address, value) in commands {
                let (code, lines) = try await send(fixture.host, type: type, to: address, value)
                #expect(code == 0, "\(lines)")
                #expect(kinds(lines) == ["sent", "confirmed", "terminated"], "\(lines)")
                #expect(lines.last == "executed: confirmed and terminated")
            }
            let orders = try await orders(fixture)
            #expect(orders.map { $0["type"] as? Int } == Array(45...51) + Array(58...64))
            #expect(orders.map { "\($0["value"] ?? "")" }.suffix(4) == ["0.25", "8", "-2.5", "7"])
            let tagged = orders.map { $0["timeTag"] != nil }
            #expect(tagged == Array(repeating: false, count: 7) + Array(repeating: true, count: 7))
        }
    }

    @Test("select before operate: refused without --select, carried out with it, and cancelled with --cancel")
    func selectBeforeOperate() async throws {
        try await withConnector { fixture in
            let direct = try await send(fixture.host, type: "45", to: 2002, "on")
            #expect(direct.code == 1)
            #expect(kinds(direct.lines) == ["sent", "refused"])
            #expect(direct.lines.last == "execution refused: negative confirmation")
            let cancelled = try await send(fixture.host, type: "45", to: 2002, "on", "--select", "--cancel")
            #expect(cancelled.code == 0)
            #expect(kinds(cancelled.lines) == ["sent", "confirmed", "sent", "confirmed"])
            #expect(cancelled.lines.last == "cancellation confirmed")
            #expect(try await orders(fixture).isEmpty)
            let selected = try await send(
                fixture.host, type: "45", to: 2002, "on", "--select", "--qualifier", "2", "--originator", "9")
            #expect(selected.code == 0)
            #expect(kinds(selected.lines) == ["sent", "confirmed", "sent", "confirmed", "terminated"])
            #expect(selected.lines.prefix(2).allSatisfy { $0.contains("select on, qualifier 2, originator 9") })
            let orders = try await orders(fixture)
            #expect(orders.map { $0["originator"] as? Int } == [9])
            #expect(orders.map { $0["qualifier"] as? Int } == [2])
        }
    }

    @Test("refused with exit code 1: unknown address (47), out of range, too old, and a time tag of another zone")
    func refused() async throws {
        try await withConnector { fixture in
            let unknown = try await send(fixture.host, type: "45", to: 9, "on", "--select")
            #expect(unknown.code == 1)
            #expect(kinds(unknown.lines) == ["sent", "unknown"])
            #expect(unknown.lines.last == "selection refused: unknown-information-object-address (cause 47)")
            let range = try await send(fixture.host, type: "50", to: 2501, "10.5")
            #expect(range.code == 1)
            #expect(kinds(range.lines) == ["sent", "refused"])
            let old = try await send(fixture.host, type: "58", to: 2001, "on", "--time", "2020-01-15T10:30:00.5+01:00")
            #expect(old.code == 1)
            #expect(old.lines.first?.contains("on, 2020-01-15 09:30:00.500") == true, "\(old.lines)")
            let zone = try await send(fixture.host, type: "58", to: 2001, "on", "--time-zone", "Asia/Tokyo")
            #expect(zone.code == 1)
            #expect(try await orders(fixture).isEmpty)
        }
    }

    @Test("refused by commands.enabled: false, with exit code 1")
    func disabled() async throws {
        try await withConnector(configuration: #", "commands": { "enabled": false }"#) { fixture in
            let (code, lines) = try await send(fixture.host, type: "45", to: 2001, "on")
            #expect(code == 1)
            #expect(kinds(lines) == ["sent", "refused"])
        }
    }

    @Test("no answer within --timeout gives 1; a negative termination does; return information is shown")
    func process() async throws {
        try await withConnector { fixture in
            let silent = try await send(fixture.host, type: "45", to: 2003, "on", "--timeout", "0.3", "--json")
            #expect(silent.code == 1)
            #expect(silent.lines.last?.contains(#""outcome":"unconfirmed","success":false"#) == true)
            try await fixture.add(#"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":10}"#)
            try await eventually("the first command is over") { try await fixture.health("commands") == "1" }
            let process = try start([
                fixture.host, "--type", "45", "--ca", "1", "--ioa", "2003", "--value", "on", "--json", "--timeout",
                "60",
            ])
            try await eventually("the process has the command") { try await orders(fixture).count == 2 }
            // Answers to commands overtake events that wait, so one is seen before the next is given.
            for (document, event) in [
                (#"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":7}"#, "confirmed"),
                (#"{"casdu":1,"ioa":1001,"type":30,"value":true,"cot":11}"#, "return-information"),
                (#"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":10,"negative":true}"#, "failed"),
            ] {
                try await fixture.add(document)
                try await eventually("\(event) is shown") {
                    output(process).contains { $0.hasPrefix(#"{"event":"\#(event)""#) }
                }
            }
            #expect(try await process.waitForExit(within: .seconds(60)).code == 1)
            let objects = try output(process).map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
            #expect(
                objects.map { $0["event"] as? String }
                    == ["sent", "confirmed", "return-information", "failed", "outcome"])
            #expect(objects.map { $0["cot"] as? Int } == [6, 7, 11, 10, nil])
            #expect(objects.last?["outcome"] as? String == "failed")
        }
    }

    @Test("--watch shows return information that comes after the end, and the test bit carries nothing out")
    func watch() async throws {
        try await withConnector { fixture in
            let process = try start([
                fixture.host, "--type", "45", "--ca", "1", "--ioa", "2001", "--value", "on", "--watch", "600",
            ])
            try await eventually("the command is over") { output(process).count == 4 }
            try await fixture.add(#"{"casdu":1,"ioa":1001,"type":30,"value":true,"cot":11}"#)
            try await eventually("the return information is shown") {
                output(process).last?.contains("return-information  1:1001  M_SP_TB_1 (30)  on") == true
            }
            await process.kill()
            let tested = try await send(fixture.host, type: "45", to: 2001, "on", "--test")
            #expect(tested.code == 0)
            #expect(kinds(tested.lines) == ["sent", "confirmed"])
            #expect(try await orders(fixture).count == 1)
        }
    }

    @Test("exit code 2 with the reason when nobody listens, and when the connection breaks before the answer")
    func unreachable() async throws {
        let nobody = try start([LoopbackAddress.next(), "--type", "45", "--ca", "1", "--ioa", "1", "--value", "on"])
        #expect(try await nobody.waitForExit(within: .seconds(60)).code == 2)
        #expect(nobody.tail().contains("refused: nothing listens there"))
        try await withConnector { fixture in
            let process = try start([
                fixture.host, "--type", "45", "--ca", "1", "--ioa", "2003", "--value", "on", "--timeout", "60",
            ])
            try await eventually("the process has the command") { try await orders(fixture).count == 1 }
            await fixture.connector.kill()
            #expect(try await process.waitForExit(within: .seconds(60)).code == 2)
            #expect(process.tail().contains("the connection has ended"))
        }
    }

    @Test("a dry run shows the frames and needs no station")
    func dryRun() async throws {
        let (code, lines) = try await send(
            "nowhere.invalid", type: "46", to: 2101, "on", "--select", "--qualifier", "1", "--dry-run")
        #expect(code == 0)
        #expect(
            lines == [
                "STARTDT act", "    68 04 07 00 00 00",
                "I(0,0)  1:2101  C_DC_NA_1 (46)  select on, qualifier 1  activation (6)",
                "    68 0E 00 00 00 00 2E 01 06 00 01 00 35 08 00 86",
                "I(1,1)  1:2101  C_DC_NA_1 (46)  on, qualifier 1  activation (6)",
                "    68 0E 02 00 02 00 2E 01 06 00 01 00 35 08 00 06",
            ])
        let tagged = try await send(
            "nowhere.invalid", type: "58", to: 5, "off", "--time", "2026-07-15T10:30:00.123+02:00", "--time-zone",
            "Europe/Berlin", "--test", "--json", "--dry-run")
        #expect(tagged.code == 0)
        let line = try #require(tagged.lines.last)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let timeTag = try #require(object["timestamp"] as? [String: Any])
        #expect(object["event"] as? String == "planned")
        #expect(object["apci"] as? String == "I(0,0)")
        #expect(object["test"] as? Bool == true)
        #expect(timeTag["iso"] as? String == "2026-07-15T10:30:00.123")
        #expect(timeTag["su"] as? Bool == true)
        let octets = "68 15 00 00 00 00 3A 01 86 00 01 00 05 00 00 00 7B 00 1E 8A 6F 07 1A"
        #expect(object["octets"] as? String == octets)
    }

    @Test(
        "a wrong command line gives 64, and the error names the option and what it takes",
        arguments: [
            (["--type", "44"], ["--type", "45...51 or 58...64"]), (["--type", "C_XX_NA_1"], ["--type", "C_SC_NA_1"]),
            (["--ca", "65535"], ["--ca", "0...65534"]), (["--ioa", "16777216"], ["--ioa", "0...16777215"]),
            (["--value", "maybe"], ["--value", "maybe", "on, off, true, false, 1 or 0"]),
            (["--type", "48", "--value", "-1.5"], ["--value", "-1.5", "-1 to 1 - 2^-15"]),
            (["--qualifier", "32"], ["--qualifier", "32", "0...31"]), (["--qualifier", "x"], ["--qualifier"]),
            (["--type", "50", "--value", "1", "--qualifier", "128"], ["--qualifier", "0...127"]),
            (["--type", "51", "--value", "1", "--qualifier", "1"], ["--qualifier", "none"]),
            (["--type", "64", "--value", "1", "--select"], ["--select", "bitstring"]),
            (["--cancel"], ["--cancel", "--select"]), (["--originator", "256"], ["--originator"]),
            (["--time", "2026-01-15T10:30:00Z"], ["--time", "C_SC_TA_1 (58)"]),
            (["--type", "58", "--time", "yesterday"], ["--time", "ISO 8601"]),
            (["--type", "58", "--time", "1999-12-31T23:59:59Z"], ["--time", "ISO 8601"]),
            (["--type", "58", "--time-zone", "Mars"], ["--time-zone", "IANA"]),
            (["--timeout", "0"], ["--timeout"]), (["--watch", "-1"], ["--watch"]), (["--t2", "15"], ["--t2", "--t1"]),
        ])
    func usage(arguments: [String], parts: [String]) async throws {
        // The last of several values of an option counts.
        let process = try start(
            ["127.0.0.1:1", "--type", "45", "--ca", "1", "--ioa", "5", "--value", "on"] + arguments)
        #expect(try await process.waitForExit(within: .seconds(60)).code == 64)
        let text = process.tail()
        for part in parts { #expect(text.contains(part), "\(text)") }
    }
}
