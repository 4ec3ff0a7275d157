/// (d) Image keys: how many a second are written by `SET`, reported by the server, read and delivered. Each key is
/// written once, so that none is passed over. The floor is the rate of events to one master.
enum ImageWorkload {
    private static let points = 20_000

    static func run(_ run: BenchRun) async throws -> [Finding] {
        run.note("d: updates of image keys")
        let floor = try FloorServer(points: points)
        defer { floor.stop() }
        return try await ConnectorBench.with(points: points) { bench in
            let fleet = try MasterFleet(1, to: bench.host)
            let feed = try StoreFeed(bench.redis.host)
            let placement = try Placement.system()
            let floors = try (1...run.rounds).map { _ in
                try EventWorkload.replay(UInt32(points), to: 1, by: floor, placement)
            }
            let rates = try (1...run.rounds).map { round in
                let writes = StoreTraffic.image(1..<points + 1, milliseconds: round) { $0 + round }
                let end = fleet.objects + points
                fleet.expectEvents(from: UInt32(1 + round))
                let start = Clock.now()
                try feed.send(writes)
                try fleet.run { fleet.objects >= end }
                let seconds = Double(Clock.now() - start) / 1e9
                // Image keys have no order among one another.
                try fleet.requireEveryEvent(inOrder: false)
                return Double(points) / seconds
            }
            return [Finding("d", "updates of image keys", unit: "updates/s", floor: floors, connector: rates)]
        }
    }
}
