/// (e) Starting: from the start of the program until the first interrogation is answered. The floor asks the same store
/// for the same documents and throws them away.
enum StartUpWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        let points = run.isQuick ? 10_000 : 100_000
        var times: (floor: [Double], connector: [Double]) = ([], [])
        for round in 1...run.rounds {
            run.note("e: start with \(points) points, \(round) of \(run.rounds)")
            let (connector, floor) = try await ConnectorBench.with(points: points, timed: true) { bench in
                let start = Clock.now()
                try StoreFeed.readAll(from: bench.redis.host, points: points)
                return (bench.startUp ?? .nan, Double(Clock.now() - start) / 1e9)
            }
            times.connector.append(connector)
            times.floor.append(floor)
        }
        return [Finding("e", "start with \(points) points", unit: "s", floor: times.floor, connector: times.connector)]
    }
}
