/// (g) Processor time while 100 masters are connected and nothing happens.
enum IdleWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        try await ConnectorBench.with(points: 1000) { bench in
            let fleet = try MasterFleet(ConnectorBench.maximumConnections, to: bench.host)
            var shares: [Double] = []
            for round in 1...run.rounds {
                run.note("g: idle, \(round) of \(run.rounds)")
                let seconds = run.isQuick ? 2 : 5
                let (start, before) = (Clock.now(), try ProcessFigures.processorTime(of: bench.connector.pid))
                let end = start + UInt64(seconds) * 1_000_000_000
                try fleet.run { Clock.now() >= end }
                let spent = try ProcessFigures.processorTime(of: bench.connector.pid) - before
                shares.append(Double(spent) / Double(Clock.now() - start) * 100)
            }
            return [
                Finding(
                    "g", "processor at idle, 100 masters", unit: "% of a core", connector: shares, target: .atMost(0.5))
            ]
        }
    }
}
