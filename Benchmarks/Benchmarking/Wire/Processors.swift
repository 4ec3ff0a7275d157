import CEvents
import Foundation
import TestBench

/// Which processors threads may run on.
enum Processors {
    /// Those of the calling thread.
    static func available() throws -> [Int] {
        var set = cpu_set_t()
        guard sched_getaffinity(0, MemoryLayout<cpu_set_t>.size, &set) == 0 else { throw fault([]) }
        return (0..<Int(CPU_SETSIZE)).filter { is_in_processor_set(Int32($0), &set) != 0 }
    }

    /// Runs `body` with the calling thread on some processors alone; nil leaves it where it is.
    static func on<Result>(_ processors: [Int]?, _ body: () throws -> Result) throws -> Result {
        guard let processors else { return try body() }
        let before = try available()
        try bind(to: processors)
        defer { try? bind(to: before) }
        return try body()
    }

    /// Puts the calling thread on some processors.
    static func bind(to processors: [Int]) throws {
        guard bind(thread: 0, to: processors) else { throw fault(processors) }
    }

    /// Puts all threads of a process on some processors, those that are started meanwhile and from then on too.
    static func bind(process: Int32, to processors: [Int]) throws {
        var bound: Set<pid_t> = []
        while true {
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").compactMap {
                pid_t($0)
            }
            let new = threads.filter { !bound.contains($0) }
            if new.isEmpty { return }
            for thread in new {
                // Threads end when they have nothing to do.
                guard bind(thread: thread, to: processors) || errno == ESRCH else { throw fault(processors) }
                bound.insert(thread)
            }
        }
    }

    private static func bind(thread: pid_t, to processors: [Int]) -> Bool {
        var set = cpu_set_t()
        for processor in processors { add_to_processor_set(Int32(processor), &set) }
        return sched_setaffinity(thread, MemoryLayout<cpu_set_t>.size, &set) == 0
    }

    private static func fault(_ processors: [Int]) -> BenchError {
        BenchError("processors \(processors): \(String(cString: strerror(errno)))")
    }
}
