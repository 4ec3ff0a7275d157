import IEC104Model
import ReplayBench
import TestSupport
import Testing

/// How long a replay waits for what doesn't come.
@Suite("The patience of a replay")
struct ReplayPatienceTests {
    @Test("a station that chatters instead of answering is given up like a silent one")
    func chatter() async throws {
        var options = MasterReplay.Options(file: OwnCaptures.path("type-scaled"))
        (options.pace, options.patience) = (.maximum, .milliseconds(300))
        let (start, limit) = (ContinuousClock.now, Duration.seconds(30))
        try await ScriptedStation.with { [options] station in
            let report = try await withThrowingTaskGroup(of: ReplayReport?.self) { group in
                defer { group.cancelAll() }
                group.addTask {
                    // Silent in the end: a replay that waits for silence ends too, but late.
                    while !Task.isCancelled, ContinuousClock.now - start < limit {
                        try await station.send([.float(1, 5000, 1)])
                        try? await Task.sleep(for: .milliseconds(20))
                    }
                    return nil
                }
                group.addTask {
                    try await MasterReplay(options).run(host: "127.0.0.1", port: station.port) { _, _ in }
                }
                for try await report in group { if let report { return report } }
                throw BenchFailure()
            }
            #expect(ContinuousClock.now - start < limit)
            #expect(report.unasked > 0)
            #expect(report.total == report.compared && report.differences.allSatisfy { $0.kind == .missing })
        }
    }

    private struct BenchFailure: Error {}
}
