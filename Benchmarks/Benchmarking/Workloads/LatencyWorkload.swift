import Histogram

/// (c) Latency at 1 000 events/s: from the moment an event was due, whether or not it could be sent then, until a master
/// has it. Counting from when it was due is what keeps a stall from hiding the events that it holds up.
enum LatencyWorkload {
    private static let points = 1000
    /// Nanoseconds between two events.
    private static let interval: UInt64 = 1_000_000

    static func run(_ run: BenchRun) async throws -> [Finding] {
        let floor = try FloorServer(points: points)
        defer { floor.stop() }
        return try await ConnectorBench.with(points: points) { bench in
            var first: UInt32 = 1
            return try [1, 100].flatMap { masters in
                run.note("c: latency with \(masters) masters")
                let count: UInt32 = run.isQuick ? 1500 : 4000
                var histograms: (floor: [Histogram<UInt64>], connector: [Histogram<UInt64>]) = ([], [])
                for _ in 0..<run.rounds {
                    histograms.floor.append(try measure(floor, count, masters))
                    histograms.connector.append(try measure(bench, first..<first + count, masters))
                    first += count
                }
                return [("p50", 50.0, nil), ("p99", 99.0, Finding.Target.atMost(2)), ("p99.9", 99.9, nil)].map {
                    name, percentile, target in
                    Finding(
                        "c", "latency \(name), \(masters) masters", unit: "µs",
                        floor: histograms.floor.map { Double($0.valueAtPercentile(percentile)) / 1000 },
                        connector: histograms.connector.map { Double($0.valueAtPercentile(percentile)) / 1000 },
                        target: target)
                }
            }
        }
    }

    private static func measure(_ floor: FloorServer, _ count: UInt32, _ masters: Int) throws -> Histogram<UInt64> {
        let fleet = try MasterFleet(masters, to: floor.host)
        let script = FloorScript.events(Int(count), points: points)
        let start = Clock.now() + 100_000_000
        floor.order(.tick(script, start: start, interval: interval))
        return try collect(fleet, 0..<count, start: start)
    }

    private static func measure(
        _ bench: ConnectorBench, _ numbers: Range<UInt32>, _ masters: Int
    ) throws -> Histogram<UInt64> {
        let fleet = try MasterFleet(masters, to: bench.host)
        let producer = try EventProducer.paced(numbers, points: points, to: bench.redis.host)
        let start = Clock.now() + 100_000_000
        producer.write(from: start, interval: interval)
        defer { producer.stop() }
        return try collect(fleet, numbers, start: start)
    }

    private static func collect(
        _ fleet: MasterFleet, _ numbers: Range<UInt32>, start: UInt64
    ) throws -> Histogram<UInt64> {
        var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
        fleet.expectEvents(from: numbers.lowerBound)
        try fleet.run(
            onEvent: { number in
                let due = start + UInt64(number - numbers.lowerBound) * interval
                histogram.record(Clock.now() - due)
            },
            // While an event is on its way to the others. Each master would be a machine of its own; that a thread which
            // has fallen asleep has to be woken for each of them isn't the station's work.
            staysAwake: { fleet.objects % fleet.masters.count != 0 },
            until: { fleet.objects >= numbers.count * fleet.masters.count })
        try fleet.requireEveryEvent()
        return histogram
    }
}
