/// (f) Memory: what a connector with many points has more than one with a single point, and what idle masters add.
enum MemoryWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        let numbers = run.isQuick ? [100_000] : [10_000, 100_000, 1_000_000]
        let masters = [10, ConnectorBench.maximumConnections]
        let rounds = run.isQuick ? 1 : run.rounds
        var empty: [Double] = []
        var (perMaster, perPoint): ([Int: [Double]], [Int: [Double]]) = ([:], [:])
        for round in 1...rounds {
            run.note("f: memory, \(round) of \(rounds)")
            let before = try await ConnectorBench.with(points: 1) { bench in
                let before = try bench.connector.residentMemory()
                var fleets: [MasterFleet] = []
                for count in masters {
                    fleets.append(try MasterFleet(count - fleets.reduce(0) { $0 + $1.masters.count }, to: bench.host))
                    let more = try bench.connector.residentMemory() - before
                    perMaster[count, default: []].append(Double(more) / Double(count) / 1024)
                }
                return before
            }
            empty.append(Double(before) / 1_048_576)
            for points in numbers {
                let loaded = try await ConnectorBench.with(points: points) { bench in
                    // What is served from now on: the first interrogation is behind it.
                    _ = try MasterFleet(1, to: bench.host).interrogate(points: points)
                    return try bench.connector.residentMemory()
                }
                perPoint[points, default: []].append(Double(loaded - before) / Double(points))
            }
        }
        return [Finding("f", "memory of an empty connector", unit: "MiB", connector: empty)]
            + numbers.map {
                Finding(
                    "f", "memory per point, \($0) points", unit: "octets", connector: perPoint[$0] ?? [],
                    target: $0 == 100_000 ? .atMost(200) : nil)
            }
            + masters.map {
                Finding(
                    "f", "memory per idle master, \($0) masters", unit: "KiB", connector: perMaster[$0] ?? [],
                    target: $0 == ConnectorBench.maximumConnections ? .atMost(64) : nil)
            }
    }
}
