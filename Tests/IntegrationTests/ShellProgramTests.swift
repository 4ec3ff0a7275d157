import Foundation
import TestBench
import Testing

/// `iec104-sim shell` as a script uses it, against the connector's program.
@Suite("iec104-sim shell")
struct ShellProgramTests {
    /// Runs the shell with lines from a pipe.
    private func shell(_ host: String, _ lines: [String]) async throws -> (code: Int32?, output: [String]) {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        let program = folder.appendingPathComponent("iec104-sim").path
        let process = try ChildProcess(
            "/bin/sh", ["-c", #"printf '%s\n' "$LINES_TO_TYPE" | "$0" shell "$1""#, program, host],
            environment: ["LINES_TO_TYPE": lines.joined(separator: "\n")])
        let status = try await process.waitForExit(within: .seconds(60))
        return (status.code, process.lines.map(\.text))
    }

    @Test("a session with the connector: each line and what comes of it, exit code 0")
    func session() async throws {
        try await ConnectorFixture.with { fixture in
            try await fixture.set(1, 1602, #"{"value": 21.5}"#)
            let (code, output) = try await shell(
                fixture.host,
                ["startdt", "testfr", "gi", "gi 1 ca=1", "ci", "read 1:1602", "clock", "status", "stopdt", "quit"])
            #expect(code == 0, "\(output)")
            #expect(output.contains { $0.contains("1:1602  M_ME_NC_1 (13)  21.5  interrogated-by-station (20)") })
            #expect(output.contains { $0.hasPrefix("ok: 1 points") })
            #expect(output.contains { $0.contains("1:1602  M_ME_NC_1 (13)  21.5  request (5)") })
            #expect(output.contains { $0.contains("data transfer started") })
            #expect(output.last == "> quit")
        }
    }

    @Test("a command that is refused makes exit code 1")
    func refusal() async throws {
        try await ConnectorFixture.with { fixture in
            let (code, output) = try await shell(fixture.host, ["startdt", "cmd 45 1:5 on"])
            #expect(code == 1, "\(output)")
            #expect(output.last?.hasPrefix("failed: execution refused: unknown-information-object-address") == true)
        }
    }

    @Test("a station that can't be reached is exit code 2")
    func unreachable() async throws {
        let (code, _) = try await shell(LoopbackAddress.next(), ["startdt"])
        #expect(code == 2)
    }
}
