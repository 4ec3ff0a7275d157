import Foundation
import TestBench
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `iec104-sim test` as a user runs it.
@Suite("iec104-sim test")
struct ProgramTests {
    private func run(_ arguments: [String], within limit: Duration = .seconds(120)) async throws -> (Int32?, String) {
        let folder = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        let process = try ChildProcess(folder.appendingPathComponent("iec104-sim").path, ["test"] + arguments)
        let status = try await process.waitForExit(within: limit)
        return (status.code, process.lines.map(\.text).joined(separator: "\n"))
    }

    @Test("--self: exit code 0, and the reports and captures that were asked for")
    func selfTest() async throws {
        let folder = try TemporaryFolder("reports")
        let (code, output) = try await run([
            "--self", "--only", "LNK-01,GI-01,MON-11",
            "--report", "junit=\(folder.path)/r.xml", "--report", "html=\(folder.path)/r.html",
            "--report", "json=\(folder.path)/r.json", "--pcap", "\(folder.path)/pcap",
        ])
        #expect(code == 0, "\(output)")
        #expect(output.contains("3 passed, 0 failed, 0 skipped"))
        for name in ["r.xml", "r.html", "r.json", "pcap/GI-01.pcap", "pcap/MON-11.pcap"] {
            #expect(FileManager.default.fileExists(atPath: "\(folder.path)/\(name)"), "\(name)")
        }
    }

    @Test("a failed case gives 1 and tells what was sent, expected and came")
    func failure() async throws {
        let station = try await FaultyStation.start(.doesNotTerminate)
        let (code, output) = try await run([station.host, "--only", "GI-01,LNK-01"])
        await station.end()
        #expect(code == 1)
        #expect(output.contains("PASS LNK-01") && output.contains("FAIL GI-01"))
        #expect(output.contains("1 passed, 1 failed") && output.contains("A-> TESTFR"))
    }

    @Test("without a profile only what every station must do is judged, the rest is skipped with its reason")
    func noProfile() async throws {
        let station = try await FaultyStation.start(nil)
        let (code, output) = try await run([station.host, "--only", "LNK-26,LNK-05,GI-02,MON-01,CMD-01,RED-17"])
        await station.end()
        #expect(code == 0, "\(output)")
        #expect(output.contains("PASS GI-02"))
        #expect(output.contains("SKIP LNK-26") && output.contains("doesn't declare t1, t2, t3, k and w"))
        #expect(output.contains("SKIP LNK-05") && output.contains("observed: close"))
        #expect(output.contains("SKIP MON-01") && output.contains("declares no points that may be changed"))
        #expect(output.contains("SKIP CMD-01") && output.contains("SKIP RED-17"))
    }

    @Test(
        "a run in which nothing could be judged gives 2 and says so",
        arguments: ["MON-01", "MON-01,PHY-12,CMD-25,CMD-53"])
    func nothingJudged(_ cases: String) async throws {
        let station = try await FaultyStation.start(nil)
        let (code, output) = try await run([station.host, "--only", cases])
        await station.end()
        #expect(code == 2, "\(output)")
        #expect(output.contains("0 passed, 0 failed") && output.contains("nothing could be judged"))
    }

    @Test("a station that isn't there gives 2, and so does a profile that can't be read, with its place")
    func noRun() async throws {
        let (code, output) = try await run([LoopbackAddress.next(), "--only", "LNK-01"])
        #expect(code == 2 && output.contains("refused"), "\(output)")
        let folder = try TemporaryFolder("profile")
        let path = "\(folder.path)/bad.yaml"
        try Data("version: 1\nlink: fast\n".utf8).write(to: URL(fileURLWithPath: path))
        let (second, text) = try await run([LoopbackAddress.next(), "--profile", path])
        #expect(second == 2 && text.contains("bad.yaml:2:7: link must be a mapping"), "\(text)")
    }

    @Test("files that can't be read or written are told before the run")
    func files() async throws {
        let folder = try TemporaryFolder("files")
        let station = try await FaultyStation.start(nil)
        let missing = "\(folder.path)/none/bay.yaml"
        let (code, output) = try await run([station.host, "--profile", missing, "--only", "LNK-01"])
        #expect(code == 2 && output.contains("the profile \(missing) can't be read"), "\(output)")
        let report = "\(folder.path)/none/r.html"
        let (second, text) = try await run([station.host, "--report", "html=\(report)", "--only", "LNK-01"])
        #expect(second == 2 && text.contains("the report \(report) can't be written"), "\(text)")
        #expect(!text.contains("LNK-01 "))
        await station.end()
    }

    @Test("a report that is there stays until there is a new one")
    func formerReport() async throws {
        let folder = try TemporaryFolder("former")
        let path = "\(folder.path)/r.html"
        try Data("as signed".utf8).write(to: URL(fileURLWithPath: path))
        let report = ["--report", "html=\(path)", "--only", "LNK-01"]
        let (code, output) = try await run([LoopbackAddress.next()] + report)
        #expect(code == 2, "\(output)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "as signed")
        let station = try await FaultyStation.start(nil)
        let (second, text) = try await run([station.host] + report)
        await station.end()
        #expect(second == 0, "\(text)")
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("LNK-01"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["r.html"])
    }

    @Test(
        "an interrupted run gives 130, and tells and reports the cases that have ended", arguments: [SIGINT, SIGTERM])
    func interruption(_ signal: Int32) async throws {
        let folder = try TemporaryFolder("interrupted")
        let station = try await FaultyStation.start(nil)
        let program = URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
        // LNK-34 lasts three times t1 of the profile.
        let process = try ChildProcess(
            program.appendingPathComponent("iec104-sim").path,
            [
                "test", station.host, "--profile", "minimal", "--only", "LNK-01,LNK-06,LNK-34", "--report",
                "json=\(folder.path)/r.json", "--pcap", folder.path,
            ])
        try await eventually("two cases have ended") {
            process.lines.count { $0.text.hasPrefix("PASS LNK-0") } == 2
        }
        process.signal(signal)
        let status = try await process.waitForExit(within: .seconds(30))
        await station.end()
        let output = process.lines.map(\.text).joined(separator: "\n")
        #expect(status.code == 130, "\(output)")
        #expect(output.contains("2 passed, 0 failed, 1 skipped"), "\(output)")
        let report = try String(contentsOfFile: "\(folder.path)/r.json", encoding: .utf8)
        #expect(report.contains("LNK-01") && report.contains("\"interrupted\""))
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/LNK-01.pcap"))
    }

    @Test("--list names 351 cases, --print-profile shows a bundled profile")
    func list() async throws {
        let (code, output) = try await run(["--list"])
        #expect(code == 0 && output.split(separator: "\n").count == 351)
        let (second, text) = try await run(["--print-profile", "minimal"])
        #expect(second == 0 && text.contains("version: 1"))
    }

    @Test(
        "a wrong command line gives 64",
        arguments: [
            [], ["h", "--self"], ["--self", "--only", "XYZ-*"], ["--self", "--report", "pdf=x"],
            ["h", "--redis", "h:6379"], ["--self", "--profile", "minimal"], ["h", "--only", ","],
            ["h", "--redis-user", "u"], ["h", "--redis", "h", "--id", "a", "--redis-tls-ca", "f"],
            ["h", "--redis", "h", "--id", "a", "--redis-tls", "--redis-tls-cert", "f"],
            ["h", "--redis", "h", "--id", "a", "--redis-db", "-1"],
        ])
    func usage(_ arguments: [String]) async throws {
        let (code, _) = try await run(arguments)
        #expect(code == 64)
    }
}
