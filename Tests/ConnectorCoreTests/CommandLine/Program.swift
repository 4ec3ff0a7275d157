import Foundation
import TestBench

/// What the program has said and how it ended.
struct ProgramRun {
    /// The exit code; nil if a signal ended it.
    let code: Int32?
    let output: [String]
    let errors: [String]

    var text: String { output.joined(separator: "\n") }
    var errorText: String { errors.joined(separator: "\n") }
}

/// Runs the built program, without the variables that it looks at unless they are given.
func connector(_ arguments: [String], environment: [String: String] = [:]) async throws -> ProgramRun {
    let present = ProcessInfo.processInfo.environment.keys.filter { $0.hasPrefix("REDIS_") || $0.hasPrefix("IEC104_") }
    let cleared = Dictionary(uniqueKeysWithValues: present.map { ($0, "") })
    let process = try ChildProcess(
        try ConnectorProcess.executable(), arguments, environment: cleared.merging(environment) { $1 })
    let status = try await process.waitForExit(within: .seconds(60))
    func lines(_ source: OutputLine.Source) -> [String] {
        process.lines.filter { $0.source == source }.map(\.text)
    }
    return ProgramRun(code: status.code, output: lines(.standardOutput), errors: lines(.standardError))
}

extension TemporaryFolder {
    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let path = "\(path)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
