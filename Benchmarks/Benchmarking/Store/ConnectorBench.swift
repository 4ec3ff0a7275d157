import DataStore
import TestBench

/// A store of its own, and the connector's program on it as its users run it.
final class ConnectorBench: Sendable {
    /// Connections that the configuration allows.
    static let maximumConnections = 100

    let redis: ThrowawayRedis
    let connector: ConnectorProcess
    /// Where it listens, on port 2404.
    let host: String
    /// Seconds from starting the program until it answered its first interrogation; nil if that wasn't asked.
    let startUp: Double?

    private init(redis: ThrowawayRedis, connector: ConnectorProcess, host: String, startUp: Double?) {
        self.redis = redis
        self.connector = connector
        self.host = host
        self.startUp = startUp
    }

    /// Starts both.
    ///
    /// - Parameters:
    ///   - points: how many the mapping has; all of them have a value in the store.
    ///   - timed: takes the time of starting.
    static func start(points: Int, timed: Bool = false) async throws -> ConnectorBench {
        let redis = try await ThrowawayRedis.start(ThrowawayRedis.Options(arguments: ["--maxclients", "200"]))
        do {
            let host = LoopbackAddress.next()
            try fill(redis.host, points: points, listeningOn: host)
            let start = Clock.now()
            let connector = try ConnectorProcess(id: "bench", store: redis.configuration, logLevel: "info")
            var startUp: Double?
            if timed {
                let fleet = try await eventually(
                    "the connector listens", within: .seconds(120), every: .milliseconds(1)
                ) {
                    try MasterFleet(1, to: host, settles: false)
                }
                _ = try fleet.interrogate(points: points)
                startUp = Double(Clock.now() - start) / 1e9
            } else {
                try await connector.waitUntilRunning(within: .seconds(120))
            }
            return ConnectorBench(redis: redis, connector: connector, host: host, startUp: startUp)
        } catch {
            await redis.kill()
            throw error
        }
    }

    private static func fill(_ store: String, points: Int, listeningOn host: String) throws {
        let feed = try StoreFeed(store)
        let network = #"{"network":{"host":"\#(host)","port":2404,"maxConnections":\#(maximumConnections)}}"#
        try feed.send(command: ["SET", "connectors:bench:config", network])
        try feed.send(command: ["SET", "connectors:bench:mapping", StoreTraffic.mapping(points: points)])
        for first in stride(from: 1, through: points, by: 10_000) {
            try feed.send(StoreTraffic.image(first..<min(first + 10_000, points + 1)) { $0 })
        }
        try feed.finish()
    }

    func stop() async {
        await connector.kill()
        await redis.kill()
    }

    /// Runs `body` with a chain that is gone afterwards.
    static func with<Result: Sendable>(
        points: Int, timed: Bool = false, _ body: (ConnectorBench) async throws -> Result
    ) async throws -> Result {
        let bench = try await start(points: points, timed: timed)
        do {
            let result = try await body(bench)
            await bench.stop()
            return result
        } catch {
            await bench.stop()
            throw BenchError("\(error); the connector's last lines:\n\(bench.connector.lines.suffix(10).map(\.text))")
        }
    }
}
