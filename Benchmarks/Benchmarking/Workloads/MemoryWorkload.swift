/// (f) Memory: what a connector with 100 000 points has more than one with a single point, and what 100 idle masters
/// add.
enum MemoryWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        let points = 100_000
        let rounds = run.isQuick ? 1 : min(run.rounds, 3)
        var (perPoint, perMaster, empty): ([Double], [Double], [Double]) = ([], [], [])
        for round in 1...rounds {
            run.note("f: memory, \(round) of \(rounds)")
            let (before, masters) = try await ConnectorBench.with(points: 1) { bench in
                let before = try bench.connector.residentMemory()
                let fleet = try MasterFleet(ConnectorBench.maximumConnections, to: bench.host)
                let after = try bench.connector.residentMemory()
                return (before, Double(after - before) / Double(fleet.masters.count))
            }
            let loaded = try await ConnectorBench.with(points: points) { bench in
                // What is served from now on: the first interrogation is behind it.
                _ = try MasterFleet(1, to: bench.host).interrogate(points: points)
                return try bench.connector.residentMemory()
            }
            empty.append(Double(before) / 1_048_576)
            perMaster.append(masters / 1024)
            perPoint.append(Double(loaded - before) / Double(points))
        }
        return [
            Finding("f", "memory of an empty connector", unit: "MiB", connector: empty),
            Finding("f", "memory per point", unit: "octets", connector: perPoint, target: .atMost(200)),
            Finding("f", "memory per idle master", unit: "KiB", connector: perMaster, target: .atMost(64)),
        ]
    }
}
