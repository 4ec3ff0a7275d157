import Foundation
import TestBench

/// What the system tells of a process.
enum ProcessFigures {
    /// Octets of its memory that are in use (VmRSS).
    static func residentMemory(of pid: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) }) else {
            throw BenchError("no memory in \(status)")
        }
        return kibibytes * 1024
    }

    /// Nanoseconds of processor time that all its threads have had.
    static func processorTime(of pid: Int32) throws -> UInt64 {
        let folder = "/proc/\(pid)/task"
        return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { total, task in
            // A thread may have ended meanwhile.
            let text = try? String(contentsOfFile: "\(folder)/\(task)/schedstat", encoding: .utf8)
            return total + (text?.split(separator: " ").first.flatMap { UInt64($0) } ?? 0)
        }
    }
}
