import Foundation
import TestBench
import Testing

/// A station that shares no code with this project: c104, on lib60870-C.
private enum Stranger {
    /// The Python that has c104, as `make test` names it.
    static let python = ProcessInfo.processInfo.environment["IEC104_PEER_PYTHON"] ?? ""
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python) }
    static let program = URL(filePath: #filePath).appending(path: "../../../Peer/controlled_station.py")
        .standardizedFileURL

    /// Runs `body` with a station that listens.
    static func with(_ body: (_ host: String) async throws -> Void) async throws {
        let host = LoopbackAddress.next()
        let process = try ChildProcess(python, [program.path, host, "2404"])
        try await eventually("the stranger listens", within: .seconds(60)) {
            process.lines.contains { $0.text == "ready" }
        }
        try await body(host)
        await process.kill()
    }
}

@Suite("A replay against an independent station", .enabled(if: Stranger.isThere, "the peer isn't installed: make peer"))
struct StrangerReplayTests {
    private func replay(_ stream: Int, _ host: String, _ options: String...) async throws -> ReplayPrograms.Result {
        try await ReplayPrograms.run(
            [
                "master", OwnCaptures.path("simulator-c104"), host, "--stream", "\(stream)", "--speed", "max",
                "--allow-commands",
            ] + options)
    }

    @Test("what it answered once, it answers again: interrogations, commands, refusals")
    func again() async throws {
        try await Stranger.with { host in
            // Connection 2 is left out: under load, c104 terminates a selected command before it confirms it.
            for (stream, count) in [(0, 16), (1, 1), (3, 2)] {
                let result = try await replay(stream, host, "--ignore", "time-tags")
                #expect(result.code == 0, Comment(rawValue: result.output.joined(separator: "\n") + result.errors))
                #expect(result.output.last?.hasSuffix(": \(count) answers as recorded") == true)
            }
            // Its time tags are of its start.
            let tagged = try await replay(0, host)
            #expect(tagged.code == 1 && tagged.output.first?.contains("time: recorded M_SP_TB_1 (30)") == true)
        }
    }
}
