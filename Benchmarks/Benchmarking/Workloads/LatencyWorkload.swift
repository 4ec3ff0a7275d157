import Histogram

/// (c) Latency at 1 000 events/s: from the moment an event was due, whether or not it could be sent then, until a master
/// has it. Counting from when it was due is what keeps a stall from hiding the events that it holds up.
///
/// The floor sends events by its own timer. What the way through the store takes by itself is measured as well: the floor
/// as a relay of the stream.
///
/// Half of the floor's latency is the waking of the master, which takes longer on another processor than on its own. Left
/// to the system, the floor shares a processor with its masters, which the connector, woken by Redis, seldom does. So both
/// are measured in the same place as well: the masters on one processor, the station on another.
struct LatencyWorkload {
    private typealias Latencies = Histogram<UInt64>

    private static let points = 1000
    /// Nanoseconds between two events.
    private static let interval: UInt64 = 1_000_000

    private let run: BenchRun
    private let floor: FloorServer
    private let bench: ConnectorBench
    /// The number of the next event.
    private var next: UInt32 = 1
    /// Where the masters run; nil leaves it to the system.
    private var processor: Int?

    private init(_ run: BenchRun, floor: FloorServer, bench: ConnectorBench) {
        (self.run, self.floor, self.bench) = (run, floor, bench)
    }

    static func run(_ run: BenchRun) async throws -> [Finding] {
        let floor = try FloorServer(points: points)
        defer { floor.stop() }
        return try await ConnectorBench.with(points: points) { bench in
            var workload = LatencyWorkload(run, floor: floor, bench: bench)
            let findings = try workload.measure()
            let processors = try Processors.available()
            guard processors.count > 1 else { return findings }
            try workload.place(masters: processors[0], station: processors[1])
            return try findings + workload.measure()
        }
    }

    /// Puts floor and connector on one processor, the masters on another. Whoever writes the events, and Redis, stay where
    /// the system puts them.
    private mutating func place(masters: Int, station: Int) throws {
        floor.order(.bind(to: station))
        try Processors.bind(process: bench.connector.pid, to: station)
        processor = masters
    }

    private mutating func measure() throws -> [Finding] {
        let place = processor == nil ? "" : "on two processors, "
        return try [1, 100].flatMap { masters in
            run.note("c: latency \(place)with \(masters) masters")
            var (floors, relays, connectors): ([Latencies], [Latencies], [Latencies]) = ([], [], [])
            for _ in 0..<run.rounds {
                let numbers = next..<next + (run.isQuick ? 1500 : 4000)
                next = numbers.upperBound
                floors.append(try ticked(numbers.count, to: masters))
                relays.append(try relayed(numbers, to: masters))
                connectors.append(try connected(numbers, to: masters))
            }
            return Self.findings(place, masters, floors, connectors, target: .atMost(2))
                + Self.findings(place + "behind the store, ", masters, relays, connectors)
        }
    }

    private static func findings(
        _ what: String, _ masters: Int, _ floors: [Latencies], _ connectors: [Latencies],
        target: Finding.Target? = nil
    ) -> [Finding] {
        [("p50", 50.0), ("p99", 99.0), ("p99.9", 99.9)].map { name, percentile in
            let microseconds = { (latencies: Latencies) in
                Double(latencies.valueAtPercentile(percentile)) / 1000
            }
            return Finding(
                "c", "latency \(what)\(name), \(masters) masters", unit: "µs", floor: floors.map(microseconds),
                connector: connectors.map(microseconds), target: name == "p99" ? target : nil)
        }
    }

    /// Of the floor by its own timer.
    private func ticked(_ count: Int, to masters: Int) throws -> Latencies {
        let fleet = try MasterFleet(masters, to: floor.host)
        let script = FloorScript.events(count, points: Self.points)
        let start = Clock.now() + 100_000_000
        floor.order(.tick(script, start: start, interval: Self.interval))
        return try collect(fleet, 0..<UInt32(count), start: start)
    }

    /// Of the floor if it waits for the entries of the store, as the connector does.
    private func relayed(_ numbers: Range<UInt32>, to masters: Int) throws -> Latencies {
        let fleet = try MasterFleet(masters, to: floor.host)
        let script = FloorScript.events(numbers.count, points: Self.points)
        floor.order(.relay(script, from: try StreamRelay(bench.redis.host)))
        return try write(numbers, stream: StoreTraffic.relayedStream) {
            try collect(fleet, 0..<UInt32(numbers.count), start: $0)
        }
    }

    /// Of the connector.
    private func connected(_ numbers: Range<UInt32>, to masters: Int) throws -> Latencies {
        let fleet = try MasterFleet(masters, to: bench.host)
        return try write(numbers, stream: StoreTraffic.inputStream) {
            try collect(fleet, numbers, start: $0)
        }
    }

    /// Writes events to a stream while `body` collects them, which is told when the first one is due.
    private func write<Result>(
        _ numbers: Range<UInt32>, stream: String, _ body: (UInt64) throws -> Result
    ) throws -> Result {
        let producer = try EventProducer.paced(numbers, points: Self.points, to: bench.redis.host, stream: stream)
        let start = Clock.now() + 100_000_000
        producer.write(from: start, interval: Self.interval)
        defer { producer.stop() }
        return try body(start)
    }

    private func collect(_ fleet: MasterFleet, _ numbers: Range<UInt32>, start: UInt64) throws -> Latencies {
        var latencies = Latencies(numberOfSignificantValueDigits: .three)
        fleet.expectEvents(from: numbers.lowerBound)
        try Processors.on(processor) {
            try fleet.run(
                onEvent: { number in
                    let due = start + UInt64(number - numbers.lowerBound) * Self.interval
                    latencies.record(Clock.now() - due)
                },
                // While an event is on its way to the others. Each master would be a machine of its own; that a thread
                // which has fallen asleep has to be woken for each of them isn't the station's work.
                staysAwake: { fleet.objects % fleet.masters.count != 0 },
                until: { fleet.objects >= numbers.count * fleet.masters.count })
        }
        try fleet.requireEveryEvent()
        return latencies
    }
}
