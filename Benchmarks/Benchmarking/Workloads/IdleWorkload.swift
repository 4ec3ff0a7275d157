/// (g) Processor time while 100 masters are connected and nothing happens: each time long enough for tests of the line
/// (t3) and for the connector's own health reports.
enum IdleWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        try await ConnectorBench.with(points: 1000) { bench in
            let seconds: UInt64 = run.isQuick ? 3 : 20
            let fleet = try MasterFleet(ConnectorBench.maximumConnections, to: bench.host)
            let shares = try (1...run.rounds).map { round in
                run.note("g: idle for \(seconds) s, \(round) of \(run.rounds)")
                let (start, before) = (Clock.now(), try processorTime(of: bench.connector.pid))
                let end = start + seconds * 1_000_000_000
                try fleet.run { Clock.now() >= end }
                let spent = try processorTime(of: bench.connector.pid) - before
                return Double(spent) / Double(Clock.now() - start) * 100
            }
            return [
                Finding(
                    "g", "processor at idle, 100 masters", unit: "% of a core", connector: shares,
                    target: .atMost(0.5))
            ]
        }
    }
}
