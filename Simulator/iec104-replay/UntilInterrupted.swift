import StationMonitor

/// Runs `work` on a thread of its own, which it may hold up by reading. At Ctrl-C, SIGTERM or SIGHUP it is cancelled, and
/// once it has ended, `outcome` tells what there is.
func untilInterrupted<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result, orElse outcome: () -> Result
) async throws -> Result {
    let interruption = await Interruption()
    let ending: Ending<Result>? = try await firstResult(
        of: {
            await interruption.next()
            return .interrupted
        },
        { .complete(try await ThreadExecutor.run(work)) })
    guard case .complete(let result) = ending else { return outcome() }
    return result
}

/// The same for work whose result, when it was cancelled, tells so itself.
func untilInterrupted<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let interruption = await Interruption()
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask {
            await interruption.next()
            return nil
        }
        group.addTask { try await ThreadExecutor.run(work) }
        defer { group.cancelAll() }
        while let ending = try await group.next() {
            if let ending { return ending }
            group.cancelAll()
        }
        throw CancellationError()
    }
}

private enum Ending<Result: Sendable> {
    case complete(Result)
    case interrupted
}
