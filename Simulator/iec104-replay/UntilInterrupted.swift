import StationMonitor

/// Runs `work`. At Ctrl-C, SIGTERM or SIGHUP it is cancelled, and once it has ended, `outcome` tells what there is.
func untilInterrupted<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result, orElse outcome: () -> Result
) async throws -> Result {
    let ending: Ending<Result>? = try await firstResult(
        of: {
            await Interruption.wait()
            return .interrupted
        },
        { .complete(try await work()) })
    guard case .complete(let result) = ending else { return outcome() }
    return result
}

private enum Ending<Result: Sendable> {
    case complete(Result)
    case interrupted
}
