import DataStore
import NIOPosix
import TestBench

/// The writer's connection to a store that comes and goes.
///
/// Whoever gives a connection up doesn't know what the server still reads from it. The next connection has the server
/// close it first, so that an update can't come to be written behind a later one.
enum WriterConnection {
    private static let name = "soak-writer"

    static func make(_ configuration: StoreConfiguration) -> KeptConnection {
        var configuration = configuration
        configuration.clientName = name
        return KeptConnection { [configuration] in try await connect(configuration) }
    }

    private static func connect(_ configuration: StoreConfiguration) async throws -> RedisConnection {
        let connection = try await RedisConnection.connect(
            configuration, on: MultiThreadedEventLoopGroup.singleton.next())
        do {
            let own = try await connection.send(["CLIENT", "ID"]).integer
            let list = try await connection.send(["CLIENT", "LIST"]).string ?? ""
            for client in list.split(separator: "\n") where client.contains(" name=\(name) ") {
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
