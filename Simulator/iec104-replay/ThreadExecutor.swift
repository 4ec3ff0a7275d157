import Dispatch

/// Runs a task on a thread of its own, so that what it waits for without giving up its thread, as all reading of captures
/// does, holds up nothing else: a machine with one core has but one thread for all other tasks.
final class ThreadExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "iec104-replay")

    private init() {}

    /// Runs it there.
    static func run<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withTaskExecutorPreference(ThreadExecutor()) { try await work() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
