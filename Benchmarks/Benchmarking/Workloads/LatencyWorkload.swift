import Histogram

/// (c) Latency at 1 000 events/s: from the moment an event was due, whether or not it could be sent then, until a master
/// has it. Counting from when it was due is what keeps a stall from hiding the events that it holds up.
///
/// The floor sends events by its own timer. What the way through the store takes by itself is measured as well: the floor
/// as a relay of the stream.
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
                var (floors, relays, connectors): ([Histogram<UInt64>], [Histogram<UInt64>], [Histogram<UInt64>]) =
                    ([], [], [])
                for _ in 0..<run.rounds {
                    floors.append(try measure(floor, count, masters))
                    relays.append(try measure(floor, relaying: first..<first + count, of: bench, masters))
                    connectors.append(try measure(bench, first..<first + count, masters))
                    first += count
                }
                return findings("", masters, floors, connectors, target: .atMost(2))
                    + findings("behind the store, ", masters, relays, connectors)
            }
        }
    }

    private static func findings(
        _ floor: String, _ masters: Int, _ floors: [Histogram<UInt64>], _ connectors: [Histogram<UInt64>],
        target: Finding.Target? = nil
    ) -> [Finding] {
        [("p50", 50.0), ("p99", 99.0), ("p99.9", 99.9)].map { name, percentile in
            let microseconds = { (histogram: Histogram<UInt64>) in
                Double(histogram.valueAtPercentile(percentile)) / 1000
            }
            return Finding(
                "c", "latency \(floor)\(name), \(masters) masters", unit: "µs", floor: floors.map(microseconds),
                connector: connectors.map(microseconds), target: name == "p99" ? target : nil)
        }
    }

    private static func measure(_ floor: FloorServer, _ count: UInt32, _ masters: Int) throws -> Histogram<UInt64> {
        let fleet = try MasterFleet(masters, to: floor.host)
        let script = FloorScript.events(Int(count), points: points)
        let start = Clock.now() + 100_000_000
        floor.order(.tick(script, start: start, interval: interval))
        return try collect(fleet, 0..<count, start: start)
    }

    /// What the floor needs if it waits for the entries of the store, as the connector does.
    private static func measure(
        _ floor: FloorServer, relaying numbers: Range<UInt32>, of bench: ConnectorBench, _ masters: Int
    ) throws -> Histogram<UInt64> {
        let fleet = try MasterFleet(masters, to: floor.host)
        let script = FloorScript.events(numbers.count, points: points)
        floor.order(.relay(script, from: try StreamRelay(bench.redis.host)))
        return try write(numbers, to: bench, stream: StoreTraffic.relayedStream) {
            try collect(fleet, 0..<UInt32(numbers.count), start: $0)
        }
    }

    private static func measure(
        _ bench: ConnectorBench, _ numbers: Range<UInt32>, _ masters: Int
    ) throws -> Histogram<UInt64> {
        let fleet = try MasterFleet(masters, to: bench.host)
        return try write(numbers, to: bench, stream: StoreTraffic.inputStream) {
            try collect(fleet, numbers, start: $0)
        }
    }

    /// Writes events to the stream while `body` collects them, which is told when the first one is due.
    private static func write<Result>(
        _ numbers: Range<UInt32>, to bench: ConnectorBench, stream: String, _ body: (UInt64) throws -> Result
    ) throws -> Result {
        let producer = try EventProducer.paced(numbers, points: points, to: bench.redis.host, stream: stream)
        let start = Clock.now() + 100_000_000
        producer.write(from: start, interval: interval)
        defer { producer.stop() }
        return try body(start)
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
