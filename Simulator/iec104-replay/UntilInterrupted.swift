import StationMonitor

/// Runs `work`. At Ctrl-C, SIGTERM or SIGHUP it is cancelled, and `outcome` tells what there is so far.
func untilInterrupted<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result, orElse outcome: @escaping @Sendable () -> Result
) async throws -> Result {
    let result = try await firstResult(
        of: {
            await Interruption.wait()
            return outcome()
        },
        { try await work() })
    return result ?? outcome()
}
