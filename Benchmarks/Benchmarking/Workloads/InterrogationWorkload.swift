/// (a) Interrogation: how long from the activation to the termination at the last master.
enum InterrogationWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        var findings: [Finding] = []
        for points in run.isQuick ? [100_000] : [1000, 10_000, 100_000, 200_000, 500_000, 1_000_000] {
            let floor = try FloorServer(points: points)
            findings += try await ConnectorBench.with(points: points) { bench in
                try (run.isQuick ? [1, 10] : [1, 10, 100]).flatMap { masters in
                    try Placement.all(with: masters).map { placement in
                        let title = placement.title("interrogation, \(points) points", masters: masters)
                        run.note("a: \(title)")
                        try placement.apply(to: floor, bench)
                        let times = try measure(run, points, masters, placement, floor: floor.host, bench: bench.host)
                        return Finding(
                            "a", title, unit: "ms", floor: times.floor, connector: times.connector,
                            target: points == 100_000 && masters == 1 ? .atMost(2) : nil)
                    }
                }
            }
            floor.stop()
        }
        return findings
    }

    private static func measure(
        _ run: BenchRun, _ points: Int, _ masters: Int, _ placement: Placement, floor: String, bench: String
    ) throws -> (floor: [Double], connector: [Double]) {
        // Small answers are over before a processor has woken up: the mean of several in a row.
        let repeats = max(1, min(50, 100_000 / (points * masters)))
        let fleets = (
            floor: try MasterFleet(masters, to: floor, on: placement.masters),
            bench: try MasterFleet(masters, to: bench, on: placement.masters)
        )
        func time(_ fleet: MasterFleet) throws -> Double {
            let seconds = try (0..<repeats).map { _ in try fleet.interrogate(points: points) }
            return seconds.reduce(0, +) / Double(repeats) * 1000
        }
        _ = (try time(fleets.floor), try time(fleets.bench))
        var times: (floor: [Double], connector: [Double]) = ([], [])
        for _ in 0..<run.rounds {
            times.floor.append(try time(fleets.floor))
            times.connector.append(try time(fleets.bench))
        }
        return times
    }
}
