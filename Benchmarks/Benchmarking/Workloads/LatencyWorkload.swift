import Histogram

/// (c) Latency at 1 000 events/s: from the moment an event was due, whether or not it could be sent then, until a master
/// has it. Counting from when it was due is what keeps a stall from hiding the events that it holds up.
///
/// The floor sends events by its own timer. What the way through the store takes by itself is measured as well: the floor
/// as a relay of the stream.
enum LatencyWorkload {
    typealias Latencies = Histogram<UInt64>

    private static let points = 1000
    /// Nanoseconds between two events.
    private static let interval: UInt64 = 1_000_000

    static func run(_ run: BenchRun) async throws -> [Finding] {
        let floor = try FloorServer(points: points)
        defer { floor.stop() }
        return try await ConnectorBench.with(points: points) { bench in
            var first: UInt32 = 1
            return try [1, 100].flatMap { masters in
                try Placement.all(with: masters).flatMap { placement in
                    run.note(placement.title("c: latency", masters: masters))
                    try placement.apply(to: floor, bench)
                    var (floors, relays, connectors): ([Latencies], [Latencies], [Latencies]) = ([], [], [])
                    for _ in 0..<run.rounds {
                        let numbers = first..<first + (run.isQuick ? 1500 : 4000)
                        first = numbers.upperBound
                        func fleet(_ host: String) throws -> MasterFleet {
                            try MasterFleet(masters, to: host, on: placement.masters)
                        }
                        floors.append(try ticked(numbers.count, by: floor, to: try fleet(floor.host)))
                        relays.append(try relayed(numbers, of: bench, by: floor, to: try fleet(floor.host)))
                        connectors.append(try connected(numbers, by: bench, to: try fleet(bench.host)))
                    }
                    func title(_ what: String) -> String { placement.title(what, masters: masters) }
                    return findings(floors, connectors, target: .atMost(2)) { title("latency \($0)") }
                        + findings(relays, connectors) { title("latency behind the store, \($0)") }
                }
            }
        }
    }

    private static func findings(
        _ floors: [Latencies], _ connectors: [Latencies], target: Finding.Target? = nil, title: (String) -> String
    ) -> [Finding] {
        [("p50", 50.0), ("p99", 99.0), ("p99.9", 99.9)].map { name, percentile in
            let microseconds = { (latencies: Latencies) in
                Double(latencies.valueAtPercentile(percentile)) / 1000
            }
            return Finding(
                "c", title(name), unit: "µs", floor: floors.map(microseconds),
                connector: connectors.map(microseconds), target: name == "p99" ? target : nil)
        }
    }

    /// Of the floor by its own timer.
    private static func ticked(_ count: Int, by floor: FloorServer, to fleet: MasterFleet) throws -> Latencies {
        let start = Clock.now() + 100_000_000
        floor.order(.tick(FloorScript.events(count, points: points), start: start, interval: interval))
        return try collect(0..<UInt32(count), at: fleet, start: start)
    }

    /// Of the floor if it waits for the entries of the store, as the connector does.
    private static func relayed(
        _ numbers: Range<UInt32>, of bench: ConnectorBench, by floor: FloorServer, to fleet: MasterFleet
    ) throws -> Latencies {
        let script = FloorScript.events(numbers.count, points: points)
        floor.order(.relay(script, from: try StreamRelay(bench.redis.host)))
        return try write(numbers, to: bench, stream: StoreTraffic.relayedStream) {
            try collect(0..<UInt32(numbers.count), at: fleet, start: $0)
        }
    }

    /// Of the connector.
    private static func connected(
        _ numbers: Range<UInt32>, by bench: ConnectorBench, to fleet: MasterFleet
    ) throws -> Latencies {
        try write(numbers, to: bench, stream: StoreTraffic.inputStream) {
            try collect(numbers, at: fleet, start: $0)
        }
    }

    /// Writes events to a stream while `body` collects them, which is told when the first one is due.
    private static func write<Result>(
        _ numbers: Range<UInt32>, to bench: ConnectorBench, stream: String, _ body: (UInt64) throws -> Result
    ) throws -> Result {
        let producer = try EventProducer.paced(numbers, points: points, to: bench.redis.host, stream: stream)
        let start = Clock.now() + 100_000_000
        producer.write(from: start, interval: interval)
        defer { producer.stop() }
        return try body(start)
    }

    /// How late each event is at each master, if the first one was due at `start`.
    static func collect(_ numbers: Range<UInt32>, at fleet: MasterFleet, start: UInt64) throws -> Latencies {
        var latencies = Latencies(numberOfSignificantValueDigits: .three)
        fleet.expectEvents(from: numbers.lowerBound)
        try fleet.run(
            onEvent: { number in
                let due = start + UInt64(number - numbers.lowerBound) * interval
                latencies.record(Clock.now() - due)
            },
            // While an event is on its way to the others. Each master would be a machine of its own; that a thread which
            // has fallen asleep has to be woken for each of them isn't the station's work.
            staysAwake: { fleet.objects % fleet.masters.count != 0 },
            until: { fleet.objects >= numbers.count * fleet.masters.count })
        try fleet.requireEveryEvent()
        return latencies
    }
}
