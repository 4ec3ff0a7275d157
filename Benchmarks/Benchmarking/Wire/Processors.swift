import CEvents
import Foundation
import TestBench

/// Which processors threads may run on.
enum Processors {
    /// A set of them as the system has it: one bit each, the lowest first.
    private typealias Mask = [UInt]
    /// As many as the C library has room for.
    private static let limit = 1024
    private static let empty = Mask(repeating: 0, count: limit / UInt.bitWidth)
    private static let octets = limit / 8

    /// Those of the calling thread.
    static func available() throws -> [Int] {
        var mask = empty
        guard get_processors(0, &mask, octets) >= 0 else { throw fault([]) }
        return (0..<limit).filter { mask[$0 / UInt.bitWidth] >> ($0 % UInt.bitWidth) & 1 == 1 }
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
        var mask = empty
        for processor in processors where processor < limit {
            mask[processor / UInt.bitWidth] |= 1 << (processor % UInt.bitWidth)
        }
        return set_processors(thread, mask, octets) == 0
    }

    private static func fault(_ processors: [Int]) -> BenchError {
        BenchError("processors \(processors): \(String(cString: strerror(errno)))")
    }
}
