import Foundation
import TestBench

/// The program iec104-replay as a user runs it.
enum ReplayPrograms {
    struct Result {
        let code: Int32?
        let output: [String]
        let errors: String
    }

    /// Where it is.
    static func path() throws -> String {
        URL(fileURLWithPath: try ConnectorProcess.executable()).deletingLastPathComponent()
            .appendingPathComponent("iec104-replay").path
    }

    /// Starts it.
    static func start(_ arguments: [String], environment: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess(try path(), arguments, environment: environment)
    }

    /// Runs it to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Result {
        let process = try start(arguments, environment: environment)
        let status = try await process.waitForExit(within: .seconds(120))
        let lines = Dictionary(grouping: process.lines, by: \.source).mapValues { $0.map(\.text) }
        return Result(
            code: status.code, output: lines[.standardOutput] ?? [],
            errors: (lines[.standardError] ?? []).joined(separator: "\n"))
    }
}
