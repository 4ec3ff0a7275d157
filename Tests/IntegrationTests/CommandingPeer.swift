import Foundation
import TestBench

/// The program `Tests/Peer/commanding_station.py`, run to its end.
enum CommandingPeer {
    /// What is to be sent, as the program takes it.
    struct Command: Encodable, Sendable {
        let ioa: Int
        let type: Int
        let value: JSONScalar
        /// Bitstrings have none.
        var qualifier: Int?
        var select = false
        /// The time tag of the types 58...64, in milliseconds since 1970 UTC; nil for now.
        var time_ms: Int64?
    }

    /// What came of it, as the program prints it.
    struct Verdict: Decodable, Equatable, Sendable {
        let ioa: Int
        let type: Int
        /// What c104 itself tells.
        let success: Bool
        let answers: [Answer]
    }

    struct Answer: Decodable, Equatable, Sendable {
        let cot: Int
        let negative: Bool

        static let confirmed = Answer(cot: 7, negative: false)
        static let terminated = Answer(cot: 10, negative: false)
        static let refused = Answer(cot: 7, negative: true)
    }

    /// Sends commands to the common address 1, one after the other.
    ///
    /// - Throws: `BenchError` with the program's output if it doesn't tell of all of them.
    static func send(_ commands: [Command], to host: String, originator: Int = 0) async throws -> [Verdict] {
        let encoder = JSONEncoder()
        let arguments = try commands.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
        let process = try ChildProcess(
            Peer.python,
            [Repository.path("Tests/Peer/commanding_station.py"), host, "2404", "1"] + arguments
                + ["--originator", String(originator), "--timeout", "20"])
        let status = try await process.waitForExit(within: .seconds(120))
        let lines = process.lines.filter { $0.source == .standardOutput }
        let verdicts = try lines.map { try JSONDecoder().decode(Verdict.self, from: Data($0.text.utf8)) }
        guard status == .exited(0), verdicts.count == commands.count else {
            throw BenchError("the peer ended with \(status); its output:\n\(process.tail())")
        }
        return verdicts
    }
}
