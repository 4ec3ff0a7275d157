import NIOCore
import NIOPosix

/// Reads or writes a few keys over a connection of its own, for programs that do one thing and end.
package struct StoreAccess: Sendable {
    private let configuration: StoreConfiguration

    package init(_ configuration: StoreConfiguration) {
        self.configuration = configuration
    }

    /// Sets string keys, all of them or none. Keys without a value are left alone.
    ///
    /// - Throws: `StoreError`.
    package func set(_ values: [(key: String, value: ByteBuffer?)]) async throws {
        var commands: [RedisCommand] = []
        for (key, value) in values {
            guard let value else { continue }
            var command: RedisCommand = ["SET", key]
            command.append(value)
            commands.append(command)
        }
        try await withConnection { [commands] in try await $0.transact(commands) }
    }

    /// The fields of a hash; none if there is no such key.
    ///
    /// - Throws: `StoreError`.
    package func hash(_ key: String) async throws -> [(name: String, value: String)] {
        let flat = try await withConnection { try await $0.send(["HGETALL", key]) }.elements ?? []
        return stride(from: 0, to: flat.count - 1, by: 2).compactMap { index in
            guard let name = flat[index].string, let value = flat[index + 1].string else { return nil }
            return (name, value)
        }
    }

    private func withConnection<Result>(_ body: (RedisConnection) async throws -> Result) async throws -> Result {
        let connection = try await RedisConnection.connect(
            configuration, on: MultiThreadedEventLoopGroup.singleton.next())
        do {
            let result = try await body(connection)
            await connection.close()
            return result
        } catch {
            await connection.close()
            throw error
        }
    }
}
