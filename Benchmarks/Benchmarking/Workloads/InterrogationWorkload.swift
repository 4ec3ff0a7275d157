/// (a) Interrogation: how long from the activation to the termination at the last master.
///
/// With one master the two processes wake each other every w frames, and where the system lets them run makes most of the
/// time: it is measured with both on one processor and on two as well, from 100 000 points on.
enum InterrogationWorkload {
    static func run(_ run: BenchRun) async throws -> [Finding] {
        var findings: [Finding] = []
        for points in run.isQuick ? [100_000] : [1000, 10_000, 100_000, 200_000, 500_000, 1_000_000] {
            let floor = try FloorServer(points: points)
            findings += try await ConnectorBench.with(points: points) { bench in
                try (run.isQuick ? [1, 10] : [1, 10, 100]).map { masters in
                    run.note("a: interrogation of \(points) points by \(masters)")
                    return try measure(run, points: points, masters: masters, floor: floor, bench: bench)
                } + (points < 100_000 ? [] : measurePlaced(run, points: points, floor: floor, bench: bench))
            }
            floor.stop()
        }
        return findings
    }

    /// The master on the first processor, the stations on the same, then on the second one.
    private static func measurePlaced(
        _ run: BenchRun, points: Int, floor: FloorServer, bench: ConnectorBench
    ) throws -> [Finding] {
        let processors = try Processors.available().prefix(2)
        return try processors.enumerated().map { index, processor in
            let place = index == 0 ? "on one processor" : "on two processors"
            run.note("a: interrogation of \(points) points by 1 \(place)")
            floor.order(.bind(to: processor))
            try Processors.bind(process: bench.connector.pid, to: processor)
            return try Processors.on(processors[0]) {
                try measure(run, points: points, masters: 1, floor: floor, bench: bench, place: place)
            }
        }
    }

    private static func measure(
        _ run: BenchRun, points: Int, masters: Int, floor: FloorServer, bench: ConnectorBench, place: String? = nil
    ) throws -> Finding {
        // Small answers are over before a processor has woken up: the mean of several in a row.
        let repeats = max(1, min(50, 100_000 / (points * masters)))
        let fleets = (floor: try MasterFleet(masters, to: floor.host), bench: try MasterFleet(masters, to: bench.host))
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
        return Finding(
            "a", "interrogation, \(points) points, \(masters) masters\(place.map { ", " + $0 } ?? "")", unit: "ms",
            floor: times.floor, connector: times.connector,
            target: points == 100_000 && masters == 1 && place == nil ? .atMost(2) : nil)
    }
}
