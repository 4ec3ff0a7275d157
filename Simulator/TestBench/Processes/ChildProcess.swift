import Foundation
import Glibc
import Synchronization

/// A program that this one has started. It is killed when the last reference to it goes, and when this process dies.
package final class ChildProcess: Sendable {
    /// What outlives the handle, until the process is gone.
    private final class Core: Sendable {
        struct State {
            var status: ExitStatus?
            var waiting: [CheckedContinuation<ExitStatus, Never>] = []
        }

        let pid: pid_t
        let state = Mutex(State())

        init(pid: pid_t) {
            self.pid = pid
        }

        /// Never hits another process: the number stays taken until `reap` has noted the end. SIGKILL, which nobody can
        /// hand on, goes to the programs it has started as well.
        func signal(_ signal: Int32) {
            state.withLock { state in
                if state.status == nil { _ = Glibc.kill(signal == SIGKILL ? -pid : pid, signal) }
            }
        }

        /// Waits for the end, on a thread of its own. The last output is in by then.
        func reap(afterOutput drained: DispatchSemaphore) {
            var information = siginfo_t()
            while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
            // A process that the child has left behind may hold the pipes open for ever.
            let limit = DispatchTime.now() + 1
            for _ in 0..<2 { _ = drained.wait(timeout: limit) }
            let (status, waiting) = state.withLock { state in
                var waitStatus: Int32 = 0
                while waitpid(pid, &waitStatus, 0) == -1, errno == EINTR {}
                let status = ExitStatus(waitStatus: waitStatus)
                state.status = status
                let waiting = state.waiting
                state.waiting = []
                return (status, waiting)
            }
            ChildGuardian.forget(pid)
            for continuation in waiting { continuation.resume(returning: status) }
        }
    }

    private let core: Core
    private let output: OutputLines
    /// For error texts.
    package let name: String

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - executable: its path.
    ///   - environment: replaces or adds variables of our own environment.
    ///   - folder: removed if this process dies before it could do so itself.
    ///   - onLine: sees each line that the program writes, on a thread of the bench.
    package init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
        onLine: (@Sendable (OutputLine) -> Void)? = nil
    ) throws(BenchError) {
        name = executable.split(separator: "/").last.map(String.init) ?? executable
        let output = OutputLines(onLine: onLine)
        self.output = output
        let (standardOutput, standardError) = (try Spawn.pipe(), try Spawn.pipe())
        defer {
            close(standardOutput.writing)
            close(standardError.writing)
        }
        let core = Core(
            pid: try Spawn.start(
                executable, arguments: arguments,
                environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
                descriptors: Spawn.Descriptors(output: standardOutput.writing, error: standardError.writing)))
        self.core = core
        ChildGuardian.watch(core.pid, folder: folder)
        let drained = DispatchSemaphore(value: 0)
        for (end, source) in [
            (standardOutput.reading, OutputLine.Source.standardOutput), (standardError.reading, .standardError),
        ] {
            Thread.detachNewThread {
                Self.drain(end, into: output, as: source)
                drained.signal()
            }
        }
        Thread.detachNewThread { core.reap(afterOutput: drained) }
    }

    deinit {
        core.signal(SIGKILL)
    }

    private static func drain(_ end: Int32, into output: OutputLines, as source: OutputLine.Source) {
        var octets = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(end, &octets, octets.count)
            if count > 0 {
                output.append(octets[..<count], from: source)
            } else if count == 0 || errno != EINTR {
                break
            }
        }
        output.append([], from: source, isEnd: true)
        close(end)
    }

    /// The process's number.
    package var pid: Int32 { core.pid }
    /// How it ended; nil while it runs.
    package var status: ExitStatus? { core.state.withLock { $0.status } }
    /// The last lines it has written.
    package var lines: [OutputLine] { output.lines }

    /// The last lines as one text, for errors.
    package func tail(_ count: Int = 30) -> String {
        lines.suffix(count).map(\.text).joined(separator: "\n")
    }

    /// Sends a signal, unless it has ended.
    package func signal(_ signal: Int32) {
        core.signal(signal)
    }

    /// Returns when it has ended. Doesn't heed cancellation.
    package func exited() async -> ExitStatus {
        await withCheckedContinuation { continuation in
            let status = core.state.withLock { state in
                if state.status == nil { state.waiting.append(continuation) }
                return state.status
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    /// Returns when it has ended by itself.
    ///
    /// - Throws: `BenchError` with its last lines if it takes too long.
    package func waitForExit(within limit: Duration = .seconds(10)) async throws -> ExitStatus {
        do {
            return try await eventually("\(name) ends", within: limit) { status }
        } catch let error as BenchError {
            throw BenchError("\(error); its output:\n\(tail())")
        }
    }

    /// SIGTERM, then SIGKILL if that hasn't helped after `grace`. Also in a task that is cancelled.
    package func terminate(grace: Duration = .seconds(5)) async -> ExitStatus {
        core.signal(SIGTERM)
        // A process that is paused doesn't see the other signal before.
        core.signal(SIGCONT)
        let core = core
        let patience = DispatchWorkItem { core.signal(SIGKILL) }
        DispatchQueue.global().asyncAfter(
            deadline: .now() + .milliseconds(Int(grace / .milliseconds(1))), execute: patience)
        let status = await exited()
        patience.cancel()
        return status
    }

    /// SIGKILL.
    @discardableResult
    package func kill() async -> ExitStatus {
        core.signal(SIGKILL)
        return await exited()
    }
}
