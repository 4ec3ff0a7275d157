import Foundation
import TestBench
import Testing

/// `iec104-replay roundtrip`, also with a connector that breaks what passes through it.
@Suite("iec104-replay roundtrip", .serialized)
struct RoundtripProgramTests {
    /// A script in the place of the connector that changes the mapping before it starts the real one.
    private func brokenConnector(_ expression: String, in folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/connector"
        let script = """
            #!/bin/sh
            key=connectors:roundtrip:mapping
            for word in "$@"; do case "$last" in --host) host=$word;; --port) port=$word;; esac; last=$word; done
            redis-cli -h "$host" -p "$port" GET $key | sed '\(expression)' |
                redis-cli -h "$host" -p "$port" -x SET $key > /dev/null
            exec "\(try ConnectorProcess.executable())" "$@"
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test("all as recorded: exit code 0, and a report")
    func equal() async throws {
        let folder = try TemporaryFolder("roundtrip")
        let (junit, json) = (folder.path + "/r.xml", folder.path + "/r.json")
        let result = try await ReplayPrograms.run([
            "roundtrip", OwnCaptures.path("type-scaled"), "--report", "junit=\(junit)", "--report", "json=\(json)",
        ])
        #expect(result.code == 0, Comment(rawValue: result.errors))
        #expect(result.output.last?.contains("26 objects came out as recorded") == true)
        let xml = try String(contentsOfFile: junit, encoding: .utf8)
        #expect(xml.contains("<testsuites tests=\"5\" failures=\"0\" errors=\"0\">"))
        #expect(xml.contains("<skipped message=\"system information"))
        #expect(try String(contentsOfFile: json, encoding: .utf8).contains("\"compared\":26,\"total\":0"))
    }

    @Test(
        "a connector that changes, drops or retypes values: exit code 1, and the differences",
        arguments: [
            ("s/\"type\":35/\"type\":35,\"offset\":1/", "value: recorded M_ME_TE_1 (35)"),
            ("s/\"type\":35/\"type\":11/", "type: recorded M_ME_TE_1 (35)"),
            ("s/,\"groups\":\\[1\\]//; s/\"ioa\":200/\"ioa\":201/", "missing: recorded M_ME_TE_1 (35)"),
        ])
    func broken(_ expression: String, _ difference: String) async throws {
        let folder = try TemporaryFolder("roundtrip")
        let junit = folder.path + "/r.xml"
        let result = try await ReplayPrograms.run(
            ["roundtrip", OwnCaptures.path("type-scaled"), "--patience", "2", "--report", "junit=\(junit)"],
            environment: ["IEC104_CONNECTOR": try brokenConnector(expression, in: folder)])
        #expect(result.code == 1, Comment(rawValue: result.errors))
        #expect(result.output.contains { $0.contains(difference) && $0.contains("frame ") })
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<failure message="))
    }

    @Test("nothing to compare, no capture, no connector: exit code 2")
    func noRun() async throws {
        let absent = try await ReplayPrograms.run(["roundtrip", "/absent.pcap"])
        #expect(absent.code == 2 && absent.errors.contains("/absent.pcap: the capture can't be read"))
        let empty = try OctetFile(CaptureOctets(.pcap).octets)
        let (junit, json) = (empty.path + ".xml", empty.path + ".json")
        let nothing = try await ReplayPrograms.run([
            "roundtrip", empty.path, "--report", "junit=\(junit)", "--report", "json=\(json)",
        ])
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<error message=\"nothing to compare\""))
        #expect(try String(contentsOfFile: json, encoding: .utf8).contains("\"error\":\"nothing to compare\""))
        #expect(nothing.code == 2 && nothing.output.last?.contains("nothing to compare") == true)
        let missing = try await ReplayPrograms.run(
            ["roundtrip", OwnCaptures.path("type-scaled")], environment: ["IEC104_CONNECTOR": "/bin/false"])
        #expect(missing.code == 2 && missing.errors.contains("connector"))
    }
}
