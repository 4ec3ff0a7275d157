import Foundation
import Synchronization
import Testing

@testable import TestBench

@Suite("The bench")
struct BenchTests {
    @Test("gives each caller an address of its own, never in 127.0.0.x")
    func addresses() {
        let given = (0..<500).map { _ in LoopbackAddress.next() }
        #expect(Set(given).count == given.count)
        #expect(given.allSatisfy { $0.hasPrefix("127.") && !$0.hasPrefix("127.0.0.") })
    }

    @Test(
        "gives processes with neighbouring numbers different addresses", arguments: [0, 1, 16_382, 16_383, 4_194_303])
    func processes(number: Int) {
        let ours = Set((0..<1024).compactMap { LoopbackAddress.address(process: number, number: $0) })
        let theirs = Set((0..<1024).compactMap { LoopbackAddress.address(process: number + 1, number: $0) })
        #expect(ours.count == 1016)
        #expect(ours.isDisjoint(with: theirs))
        #expect(!ours.contains { $0.hasPrefix("127.0.0.") })
    }

    @Test("waits until a condition holds, and says what never happened")
    func waiting() async throws {
        var asked = 0
        let value = try await eventually("it was asked thrice", within: .seconds(100)) { () -> Int? in
            asked += 1
            return asked == 3 ? asked : nil
        }
        #expect(value == 3)
        let error = await #expect(throws: BenchError.self) {
            try await eventually("pigs fly", within: .milliseconds(30)) { () -> Bool in throw BenchError("no wings") }
        }
        #expect(error?.description.contains("it never happened that pigs fly (last error: no wings)") == true)
    }

    @Test("hands on what a process writes, line by line, and how it ended")
    func output() async throws {
        let seen = Mutex<[OutputLine]>([])
        let process = try ChildProcess("/bin/sh", ["-c", "echo one; printf two >&2; echo; exit 3"]) { line in
            seen.withLock { $0.append(line) }
        }
        #expect(try await process.waitForExit() == .exited(3))
        let lines = Set(process.lines)
        #expect(lines.contains(OutputLine(source: .standardOutput, text: "one")))
        #expect(lines.contains(OutputLine(source: .standardError, text: "two")))
        #expect(Set(seen.withLock { $0 }) == lines)
    }

    @Test("asks a process to end, and insists if it doesn't")
    func ending() async throws {
        let polite = try ChildProcess("/bin/sleep", ["1000"])
        #expect(await polite.terminate() == .killed(signal: SIGTERM))
        let stubborn = try ChildProcess("/bin/sh", ["-c", "trap '' TERM; echo deaf; while :; do sleep 1000; done"])
        try await eventually("the trap is set") { !stubborn.lines.isEmpty }
        #expect(await stubborn.terminate(grace: .milliseconds(50)) == .killed(signal: SIGKILL))
    }

    @Test("starts programs without our signals and descriptors")
    func inheritance() async throws {
        let descriptor = open("/etc/passwd", O_RDONLY)
        let handler = signal(SIGUSR2, SIG_IGN)
        defer {
            close(descriptor)
            signal(SIGUSR2, handler)
        }
        let process = try ChildProcess("/bin/sh", ["-c", "ls /proc/$$/fd; grep SigIgn /proc/$$/status"])
        #expect(try await process.waitForExit() == .exited(0))
        let lines = process.lines.map(\.text)
        #expect(!lines.contains(String(descriptor)))
        // Signals 32 and 33 are glibc's own business.
        let ignored = try #require(lines.last.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) })
        #expect(ignored & 0x7FFF_FFFF == 0)
    }

    @Test("kills a process with the last reference to it")
    func abandonment() async throws {
        var process: ChildProcess? = try ChildProcess("/bin/sleep", ["1000"])
        let pid = try #require(process?.pid)
        #expect(kill(pid, 0) == 0)
        process = nil
        try await eventually("process \(pid) is gone") { kill(pid, 0) == -1 }
    }
}
