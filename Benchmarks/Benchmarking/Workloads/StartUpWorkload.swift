/// (e) Starting: from the start of the program until the first interrogation is answered.
enum StartUpWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        let points = run.isQuick ? 10_000 : 100_000
        var times: [Double] = []
        for round in 1...run.rounds {
            run.note("e: start with \(points) points, \(round) of \(run.rounds)")
            times.append(try await ConnectorBench.with(points: points, timed: true) { $0.startUp ?? .nan })
        }
        return [Finding("e", "start with \(points) points", unit: "s", connector: times)]
    }
}
