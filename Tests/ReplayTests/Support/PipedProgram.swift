import Foundation
import TestBench

/// The program iec104-replay with a pipe as its standard input, which the test writes a capture to, and which stays open.
final class PipedProgram {
    let process: ChildProcess
    private let folder: TemporaryFolder
    /// The writing end; nil once it is closed.
    private var pipe: Int32?

    /// Starts it, and returns when it heeds signals.
    init(_ arguments: [String]) async throws {
        folder = try TemporaryFolder("piped")
        let path = folder.path + "/pipe"
        guard mkfifo(path, 0o600) == 0 else { throw BenchError("no named pipe \(path)") }
        // Open for both, so as not to wait for the reader.
        let pipe = open(path, O_RDWR | O_NONBLOCK)
        guard pipe >= 0 else { throw BenchError("the named pipe \(path) can't be opened") }
        self.pipe = pipe
        process = try ChildProcess(
            "/bin/sh", ["-c", "exec \"$@\" < '\(path)'", "sh", try ReplayPrograms.path()] + arguments)
        let process = process
        try await eventually("it heeds signals", within: .seconds(60)) { try Self.heedsSignals(process) }
    }

    deinit { closePipe() }

    /// Nothing more will come.
    func closePipe() {
        // Once: the number may soon belong to something else in this process.
        if let pipe { close(pipe) }
        pipe = nil
    }

    func write(_ octets: [UInt8]) async throws {
        guard let pipe else { throw BenchError("the pipe is closed") }
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(pipe, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else {
                try await Task.sleep(for: .milliseconds(1))
            }
        }
    }

    /// What it has written to standard output so far.
    var output: [String] { lines(.standardOutput) }
    /// What it has written to standard error so far, as one text.
    var errors: String { lines(.standardError).joined(separator: "\n") }

    private func lines(_ source: OutputLine.Source) -> [String] {
        process.lines.filter { $0.source == source }.map(\.text)
    }

    /// What the kernel says of its memory, in KiB: `VmHWM`, the most that it has touched so far; `VmData`, what it has now.
    func memory(_ field: String) throws -> Int {
        guard let text = try Self.status(process, field), let number = Int(text.prefix { $0 != " " }) else {
            throw BenchError("no \(field) of \(process.name)")
        }
        return number
    }

    private static func heedsSignals(_ process: ChildProcess) throws -> Bool {
        let heeded = try ["SigCgt", "SigIgn"].reduce(UInt64(0)) { mask, name in
            mask | (try status(process, name).flatMap { UInt64($0, radix: 16) } ?? 0)
        }
        return [SIGINT, SIGTERM, SIGHUP].allSatisfy { heeded & 1 << UInt64($0 - 1) != 0 }
    }

    /// A field of what the kernel tells of the process.
    private static func status(_ process: ChildProcess, _ name: String) throws -> String? {
        let status = try String(contentsOfFile: "/proc/\(process.pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return line.map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }
}
