import CEvents
import Foundation
import TestBench

/// Which processors threads may run on.
enum Processors {
    /// Those of the calling thread.
    static func available() throws -> [Int] {
        var set = try current()
        return (0..<Int(CPU_SETSIZE)).filter { is_in_processor_set(Int32($0), &set) != 0 }
    }

    /// Runs `body` with the calling thread on one processor alone; nil leaves it where it is.
    static func on<Result>(_ processor: Int?, _ body: () throws -> Result) throws -> Result {
        guard let processor else { return try body() }
        var before = try current()
        try bind(to: processor)
        defer { sched_setaffinity(0, MemoryLayout<cpu_set_t>.size, &before) }
        return try body()
    }

    /// Puts a thread, by default the calling one, on one processor.
    static func bind(thread: pid_t = 0, to processor: Int) throws {
        var set = processor_set(Int32(processor))
        guard sched_setaffinity(thread, MemoryLayout<cpu_set_t>.size, &set) == 0 else {
            throw BenchError("processor \(processor): \(String(cString: strerror(errno)))")
        }
    }

    /// Puts all threads that a process has on one processor.
    static func bind(process: Int32, to processor: Int) throws {
        for thread in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task") {
            if let thread = pid_t(thread) { try bind(thread: thread, to: processor) }
        }
    }

    private static func current() throws -> cpu_set_t {
        var set = cpu_set_t()
        guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else {
            throw BenchError("processors: \(String(cString: strerror(errno)))")
        }
        return set
    }
}
