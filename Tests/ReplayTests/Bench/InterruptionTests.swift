import Foundation
import TestBench
import TestSupport
import Testing

/// Ctrl-C: the outcome so far, and exit code 130.
@Suite("Interrupted runs", .serialized)
struct InterruptionTests {
    /// Sends SIGINT, and waits for the end.
    ///
    /// - Returns: what was written to standard output.
    private func interrupt(_ process: ChildProcess) async throws -> [String] {
        process.signal(SIGINT)
        let status = try await process.waitForExit(within: .seconds(60))
        let output = process.lines.filter { $0.source == .standardOutput }.map(\.text)
        let errors = process.lines.filter { $0.source == .standardError }.map(\.text).joined(separator: "\n")
        #expect(status.code == 130, Comment(rawValue: errors))
        #expect(errors.contains("ended by a signal after packet "))
        return output
    }

    @Test("feed: what was written stays written, and is counted")
    func feed() async throws {
        // Three values, then nothing for eleven days.
        var capture = CaptureOctets(.pcap, linkType: 101)
        for number in 0..<4 {
            let event = octets(APDUs.I(number, 0, "01 01 03 00 0A 00 01 00 00 01"))
            let segment = Packets.tcp(2404, 40_000, sequence: UInt32(1 + number * event.count), event)
            capture.add(Packets.ipv4(segment), seconds: number < 3 ? 0 : 1_000_000)
        }
        let file = try OctetFile(capture.octets)
        try await withThrowawayRedis { redis in
            let process = try ReplayPrograms.start([
                "feed", file.path, "redis", "--host", redis.host, "--port", "\(redis.port)",
            ])
            try await eventually("values are written", within: .seconds(60)) {
                try await redis.send(["XLEN", "process:updates"]).integer == 3
            }
            let output = try await interrupt(process)
            #expect(output.first?.contains("3 values written to image and stream") == true)
            #expect(output.contains { $0.contains("WRITTEN IN PART: ended by a signal") })
        }
    }

    @Test("master: what was compared is reported")
    func master() async throws {
        let folder = try TemporaryFolder("interruption")
        let junit = folder.path + "/r.xml"
        try await ScriptedStation.with { station in
            let process = try ReplayPrograms.start([
                "master", OwnCaptures.path("type-scaled"), "127.0.0.1:\(station.port)", "--patience", "600",
                "--report", "junit=\(junit)",
            ])
            try await eventually("the interrogation has come", within: .seconds(60)) {
                try await station.statistics.informationReceived > 0
            }
            let output = try await interrupt(process)
            #expect(output.contains { $0.contains("COMPARED IN PART: ended by a signal") })
            #expect(output.last?.contains("1 requests sent") == true)
        }
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<error message=\"ended by a signal"))
    }

    @Test("roundtrip: Redis and connector are ended, the outcome is told")
    func roundtrip() async throws {
        let folder = try TemporaryFolder("interruption")
        let (script, mark) = (folder.path + "/connector", folder.path + "/started")
        try Data("#!/bin/sh\necho $$ > \(mark)\nexec sleep 600\n".utf8).write(to: URL(fileURLWithPath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        let process = try ReplayPrograms.start(
            ["roundtrip", OwnCaptures.path("type-scaled")], environment: ["IEC104_CONNECTOR": script])
        func connector() -> pid_t? {
            (try? String(contentsOfFile: mark, encoding: .utf8)).flatMap { pid_t($0.dropLast()) }
        }
        try await eventually("the connector has been started", within: .seconds(60)) { connector() != nil }
        let output = try await interrupt(process)
        #expect(output.last?.hasSuffix("nothing to compare") == true)
        let number = try #require(connector())
        #expect(kill(number, 0) == -1)
    }
}
