/// (g) Processor time while 100 masters are connected and nothing happens: long enough for tests of the line (t3) and for
/// the connector's own health report.
enum IdleWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        try await ConnectorBench.with(points: 1000) { bench in
            let seconds: UInt64 = run.isQuick ? 3 : 30
            run.note("g: idle for \(seconds) s")
            let fleet = try MasterFleet(ConnectorBench.maximumConnections, to: bench.host)
            let (start, before) = (Clock.now(), try processorTime(of: bench.connector.pid))
            let end = start + seconds * 1_000_000_000
            try fleet.run { Clock.now() >= end }
            let spent = try processorTime(of: bench.connector.pid) - before
            let share = Double(spent) / Double(Clock.now() - start) * 100
            return [
                Finding(
                    "g", "processor at idle, 100 masters", unit: "% of a core", connector: [share],
                    target: .atMost(0.5))
            ]
        }
    }
}
