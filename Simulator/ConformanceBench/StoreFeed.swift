import Conformance
import ConnectorInput
import DataStore
import NIOPosix
import Presentation

/// Changes points in the store that the connector reads, as producers do: image and stream, all updates at once. The
/// stream isn't trimmed: a few thousand entries come to it in a run, and what others wrote isn't the suite's to remove.
package struct StoreFeed: ProcessFeed {
    private let connection: RedisConnection
    private let stream: String

    /// Connects, and finds the input stream of a connector.
    ///
    /// - Parameter id: the connector; nil for one without a configuration.
    /// - Throws: `StoreError` if the store can't be reached; `StreamNameFault`.
    package static func connect(_ store: StoreConfiguration, id: String?) async throws -> StoreFeed {
        let connection = try await RedisConnection.connect(store, on: .singletonMultiThreadedEventLoopGroup.any())
        do {
            return StoreFeed(connection: connection, stream: try await InputStream.name(of: id, connection))
        } catch {
            await connection.close()
            throw error
        }
    }

    package func write(_ updates: [FeedUpdate]) async throws {
        let commands = updates.flatMap { update -> [RedisCommand] in
            let document = document(update).line
            let key = PointKey(
                commonAddress: UInt16(clamping: update.commonAddress),
                objectAddress: UInt32(clamping: update.objectAddress))
            return [
                ["SET", key.description, document],
                ["XADD", stream, "*", "data", document],
            ]
        }
        try await connection.transact(commands)
    }

    /// Writes a document to the stream alone, as it is.
    func write(document: String) async throws {
        _ = try await connection.send(["XADD", stream, "*", "data", document])
    }

    /// Ends the connection to the store.
    package func close() async { await connection.close() }

    private func document(_ update: FeedUpdate) -> JSONObject {
        var object = JSONObject()
        object.add("casdu", .integer(Int64(update.commonAddress)))
        object.add("ioa", .integer(Int64(update.objectAddress)))
        switch update.value {
        case .bool(let bool): object.add("value", .bool(bool))
        case .integer(let integer): object.add("value", .integer(Int64(integer)))
        case .number(let number): object.add("value", .number(number))
        }
        if !update.quality.isEmpty { object.add("quality", update.quality) }
        if let cause = update.cause { object.add("cot", .integer(Int64(cause))) }
        if let timestamp = update.timestamp { object.add("timestamp", .integer(timestamp)) }
        if update.isTransient { object.add("transient", .bool(true)) }
        return object
    }
}
