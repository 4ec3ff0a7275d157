import ConnectorInput
import DataStore
import NIOCore

/// The store that data points are injected into.
package struct ScenarioStore: Sendable {
    /// Documents that are written at a time.
    private static let batchSize = 500

    private let connection: RedisConnection
    private let stream: String

    /// Connects, and finds the input stream of a connector.
    ///
    /// - Parameter id: the connector, whose configuration names its input stream; nil for the stream of one without.
    /// - Throws: `StoreError`; `StreamNameFault`.
    package static func connect(
        _ configuration: StoreConfiguration, id: String?, on eventLoop: any EventLoop
    ) async throws -> ScenarioStore {
        let connection = try await RedisConnection.connect(configuration, on: eventLoop)
        do {
            return ScenarioStore(connection: connection, stream: try await InputStream.name(of: id, connection))
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Writes documents in order.
    func inject(_ injection: Injection) async throws {
        var rest = injection.documents[...]
        while !rest.isEmpty {
            let commands = rest.prefix(Self.batchSize).flatMap { self.commands($0, injection) }
            for reply in try await connection.send(commands) { _ = try reply.orThrow() }
            rest = rest.dropFirst(Self.batchSize)
        }
    }

    private func commands(_ document: String, _ injection: Injection) -> [RedisCommand] {
        let address = injection.address
        let key = PointKey(
            commonAddress: address.commonAddress.rawValue, objectAddress: address.informationObjectAddress.rawValue)
        let image: RedisCommand = ["SET", key.description, document]
        let event: RedisCommand = ["XADD", stream, "*", "data", document]
        return switch injection.place {
        case .image: [image]
        case .stream: [event]
        case .both: [image, event]
        }
    }

    package func close() async {
        await connection.close()
    }
}
