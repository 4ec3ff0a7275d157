import DataStore
import IEC104Model
import Presentation
import TestBench

/// What the producers of the plant and the management back end write to Redis.
struct DemonstrationStore: Sendable {
    /// The connector's id.
    static let id = "demo"
    /// The stream of updates, the connector's default.
    static let stream = "process:updates"
    /// Entries that the stream keeps at least.
    private static let streamLength = "10000"

    let connection: RedisConnection

    /// Writes configuration, mapping and the first image, all at once.
    func prepare(host: String, port: Int, mapping: String, image: [PlantUpdate]) async throws {
        var network = JSONObject()
        network.add("host", .text(host))
        network.add("port", .integer(Int64(port)))
        network.add("maxConnections", .integer(10))
        var configuration = JSONObject()
        configuration.add("name", .text("Demonstration"))
        configuration.add("network", network)
        let keys = StoreKeys(id: Self.id)
        try await connection.transact(
            [["SET", keys.configuration, configuration.line], ["SET", keys.mapping, mapping]]
                + image.map { ["SET", $0.key, $0.imageDocument] })
    }

    /// Writes an update to the image and to the stream, as a producer does.
    func write(_ update: PlantUpdate) async throws {
        try await connection.transact([
            ["SET", update.key, update.imageDocument],
            ["XADD", Self.stream, "MAXLEN", "~", Self.streamLength, "*", "data", update.streamDocument],
        ])
    }
}
