import DataStore
import TestBench

/// The connector with a Redis of its own, as the live station of a replay.
struct LiveStation {
    let host: String
    let redis: ThrowawayRedis

    /// Runs `body` with a station of these points, each of which has a value.
    ///
    /// - Parameter points: object address of common address 1, type, and the value in JSON.
    static func with(
        _ points: [(ioa: Int, type: Int, value: String)], commands: [(ioa: Int, type: Int)] = [],
        _ body: (LiveStation) async throws -> Void
    ) async throws {
        try await withThrowawayRedis { redis in
            let keys = StoreKeys(id: "live")
            let station = LiveStation(host: LoopbackAddress.next(), redis: redis)
            let mapping = (points.map { ($0.ioa, $0.type) } + commands.map { ($0.ioa, $0.type) })
                .map { "{\"casdu\":1,\"ioa\":\($0.0),\"type\":\($0.1)}" }
            try await redis.send(["SET", keys.configuration, "{\"network\":{\"host\":\"\(station.host)\"}}"])
            try await redis.send(["SET", keys.mapping, "{\"points\":[\(mapping.joined(separator: ","))]}"])
            for point in points { try await station.set(point.ioa, point.value) }
            let connector = try ConnectorProcess(id: "live", store: redis.configuration)
            do {
                try await connector.waitUntilRunning()
                try await body(station)
                await connector.kill()
            } catch {
                await connector.kill()
                throw error
            }
        }
    }

    /// Writes a value to the image.
    func set(_ ioa: Int, _ value: String) async throws {
        try await redis.send(["SET", "process:image:casdu:1:ioa:\(ioa)", "{\"value\":\(value)}"])
    }

    /// Commands that the connector has written.
    func commandCount() async throws -> Int? {
        try await redis.send(["XLEN", "connectors:live:output"]).integer
    }
}
