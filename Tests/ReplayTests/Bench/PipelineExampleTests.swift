import Foundation
import TestBench
import Testing
import Yams

/// The pipelines in the README: what they call of iec104-replay is run as it stands there.
@Suite("Pipelines of the README", .serialized)
struct PipelineExampleTests {
    /// The example whose first line has this text.
    private func example(_ title: String) throws -> Node {
        let readme = OwnCaptures.folder.deletingLastPathComponent().appending(path: "README.md")
        let blocks = try String(contentsOf: readme, encoding: .utf8).components(separatedBy: "```yaml\n").dropFirst()
        let block = try #require(blocks.first { $0.hasPrefix("# \(title)") }?.components(separatedBy: "```").first)
        return try #require(try Yams.compose(yaml: block))
    }

    /// Runs a line in a folder with a capture and the programs, as the pipeline has them.
    private func run(_ lines: [String], leaving report: String) async throws {
        let line = try #require(lines.first { $0.contains("iec104-replay ") })
        let folder = try TemporaryFolder("pipeline")
        let files = FileManager.default
        for name in ["captures", "iec104/.build"] {
            try files.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        try files.copyItem(atPath: OwnCaptures.path("type-scaled"), toPath: "\(folder.path)/captures/session.pcap")
        let programs = URL(filePath: try ConnectorProcess.executable()).deletingLastPathComponent()
        try files.createSymbolicLink(
            atPath: "\(folder.path)/iec104/.build/release", withDestinationPath: programs.path)
        let shell = try ChildProcess("/bin/sh", ["-ec", "cd '\(folder.path)'; \(line)"])
        let status = try await shell.waitForExit(within: .seconds(120))
        #expect(status.code == 0, Comment(rawValue: shell.lines.map(\.text).joined(separator: "\n")))
        let junit = try String(contentsOfFile: "\(folder.path)/\(report)", encoding: .utf8)
        #expect(junit.contains("<testsuites tests=") && junit.contains("failures=\"0\" errors=\"0\""))
    }

    @Test("GitHub Actions")
    func gitHub() async throws {
        let steps = try #require(try example("GitHub Actions")["jobs"]?["captures"]?["steps"]?.sequence)
        let upload = try #require(steps.first { $0["uses"]?.string?.hasPrefix("actions/upload-artifact@") == true })
        try await run(
            steps.compactMap { $0["run"]?.string }, leaving: try #require(upload["with"]?["path"]?.string))
    }

    @Test("GitLab")
    func gitLab() async throws {
        let job = try #require(try example("GitLab")["captures"])
        try await run(
            try #require(job["script"]?.sequence).compactMap(\.string),
            leaving: try #require(job["artifacts"]?["reports"]?["junit"]?.string))
    }
}
