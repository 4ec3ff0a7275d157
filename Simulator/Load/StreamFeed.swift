import ConnectorInput
import DataStore
import NIOPosix
import Presentation

/// Writes events to the input stream of a connector.
package struct StreamFeed: EventFeed {
    /// Entries that the stream keeps at least.
    private static let streamLength = "1000000"

    private let connection: RedisConnection
    private let stream: String

    /// Connects to the store.
    ///
    /// - Parameters:
    ///   - id: the connector, whose configuration names its input stream.
    ///   - stream: another stream.
    /// - Throws: `StoreError`; `StreamNameFault`.
    package static func connect(_ store: StoreConfiguration, id: String?, stream: String?) async throws -> StreamFeed {
        let connection = try await RedisConnection.connect(store, on: MultiThreadedEventLoopGroup.singleton.any())
        do {
            let name = if let stream { stream } else { try await InputStream.name(of: id, connection) }
            return StreamFeed(connection: connection, stream: name)
        } catch {
            await connection.close()
            throw error
        }
    }

    package func write(_ indices: Range<UInt32>, of plan: EventPlan) async throws {
        for reply in try await connection.send(indices.map { command($0, plan) }) { _ = try reply.orThrow() }
    }

    private func command(_ index: UInt32, _ plan: EventPlan) -> RedisCommand {
        var event = JSONObject()
        event.add("casdu", .integer(Int64(plan.commonAddress.rawValue)))
        event.add("ioa", .integer(Int64(plan.objectAddress(index))))
        event.add("type", .integer(33))
        event.add("value", .integer(Int64(plan.number(index))))
        return ["XADD", stream, "MAXLEN", "~", Self.streamLength, "*", "data", event.line]
    }

    /// Ends the connection to the store.
    package func close() async { await connection.close() }
}
