import DataStore
import NIOPosix

/// The writer's connection to a store that comes and goes.
///
/// Whoever gives a connection up doesn't know what the server still reads from it. The next connection has the server close
/// it first, so that an update can't come to be written behind a later one.
actor WriterConnection {
    private static let name = "soak-writer"

    private let configuration: StoreConfiguration
    private var connection: RedisConnection?

    init(_ configuration: StoreConfiguration) {
        var configuration = configuration
        configuration.clientName = Self.name
        self.configuration = configuration
    }

    /// - Returns: the replies, refusals among them.
    /// - Throws: `StoreError` if the store is out of reach; whether the commands were executed isn't known then.
    @discardableResult
    func send(_ commands: [RedisCommand]) async throws -> [RESPValue] {
        do {
            let open: RedisConnection
            if let connection {
                open = connection
            } else {
                open = try await connect()
                connection = open
            }
            return try await open.send(commands)
        } catch {
            await close()
            throw error
        }
    }

    func close() async {
        let open = connection
        connection = nil
        await open?.close()
    }

    private func connect() async throws -> RedisConnection {
        let connection = try await RedisConnection.connect(
            configuration, on: MultiThreadedEventLoopGroup.singleton.next())
        do {
            let own = try await connection.send(["CLIENT", "ID"]).integer
            let list = try await connection.send(["CLIENT", "LIST"]).string ?? ""
            for client in list.split(separator: "\n") where client.contains(" name=\(Self.name) ") {
                guard let id = client.split(separator: " ").first?.split(separator: "=").last.flatMap({ Int($0) }),
                    id != own
                else { continue }
                _ = try await connection.send([["CLIENT", "KILL", "ID", String(id)]])
            }
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }
}
