/// (b) Events: how many a second reach the masters, while a producer writes to the stream as fast as Redis takes it.
///
/// The floor sends each event in an ASDU of its own, as stations do. The producer stays no more than half of the default
/// `events.buffer` ahead of the slowest master, so that the rate is one that lasts.
enum EventWorkload {
    private static let points = 1000
    private static let maximumAhead: UInt32 = 50_000

    static func run(_ run: BenchRun) async throws -> [Finding] {
        let floor = try FloorServer(points: points)
        defer { floor.stop() }
        return try await ConnectorBench.with(points: points) { bench in
            var first: UInt32 = 1
            return try [(1, 200_000, 0.5), (10, 100_000, nil), (100, 40_000, 0.7)].flatMap { masters, most, target in
                let count = UInt32(run.isQuick ? most / 4 : most)
                return try Placement.all(with: masters).flatMap { placement in
                    let title = placement.title("events", masters: masters)
                    run.note("b: \(title)")
                    try placement.apply(to: floor, bench)
                    var rates: (floor: [Double], connector: [Double]) = ([], [])
                    var costs: [Double] = []
                    for _ in 0..<run.rounds {
                        rates.floor.append(try replay(count, to: masters, by: floor, placement))
                        let before = try processorTime(of: bench.connector.pid)
                        rates.connector.append(try publish(first..<first + count, to: masters, by: bench, placement))
                        costs.append(Double(try processorTime(of: bench.connector.pid) - before) / Double(count))
                        first += count
                    }
                    return [
                        Finding(
                            "b", title, unit: "deliveries/s", floor: rates.floor, connector: rates.connector,
                            target: target.map { .atLeast($0) }),
                        Finding(
                            "b", placement.title("processor time of an event", masters: masters), unit: "ns",
                            connector: costs),
                    ]
                }
            }
        }
    }

    /// The rate at which the floor sends events.
    static func replay(
        _ count: UInt32, to masters: Int, by floor: FloorServer, _ placement: Placement
    ) throws -> Double {
        let fleet = try MasterFleet(masters, to: floor.host, on: placement.masters)
        let script = FloorScript.events(Int(count), points: points)
        fleet.expectEvents(from: 0)
        let start = Clock.now()
        floor.order(.replay(script))
        try fleet.run { fleet.objects >= Int(count) * masters }
        return try rate(of: fleet, since: start)
    }

    private static func publish(
        _ numbers: Range<UInt32>, to masters: Int, by bench: ConnectorBench, _ placement: Placement
    ) throws -> Double {
        let fleet = try MasterFleet(masters, to: bench.host, on: placement.masters)
        fleet.expectEvents(from: numbers.lowerBound)
        let producer = try EventProducer.bulk(numbers, points: points, to: bench.redis.host)
        let start = Clock.now()
        producer.write(ahead: maximumAhead)
        defer { producer.stop() }
        try fleet.run {
            producer.reached(fleet.slowest)
            return fleet.objects >= numbers.count * masters
        }
        return try rate(of: fleet, since: start)
    }

    private static func rate(of fleet: MasterFleet, since start: UInt64) throws -> Double {
        let seconds = Double(Clock.now() - start) / 1e9
        let objects = fleet.objects
        try fleet.requireEveryEvent()
        return Double(objects) / seconds
    }
}
