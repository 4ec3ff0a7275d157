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
        var commands: [RedisCommand] = [["MULTI"]]
        for (key, value) in values {
            guard let value else { continue }
            var command: RedisCommand = ["SET", key]
            command.append(value)
            commands.append(command)
        }
        commands.append(["EXEC"])
        let replies = try await send(commands)
        for reply in replies { _ = try reply.orThrow() }
        for reply in replies.last?.elements ?? [] { _ = try reply.orThrow() }
    }

    /// The fields of a hash; none if there is no such key.
    ///
    /// - Throws: `StoreError`.
    package func hash(_ key: String) async throws -> [(name: String, value: String)] {
        let flat = try (try await send([["HGETALL", key]]).first ?? .null).orThrow().elements ?? []
        return stride(from: 0, to: flat.count - 1, by: 2).compactMap { index in
            guard let name = flat[index].string, let value = flat[index + 1].string else { return nil }
            return (name, value)
        }
    }

    private func send(_ commands: [RedisCommand]) async throws -> [RESPValue] {
        let connection = try await RedisConnection.connect(
            configuration, on: MultiThreadedEventLoopGroup.singleton.next())
        do {
            let replies = try await connection.send(commands)
            await connection.close()
            return replies
        } catch {
            await connection.close()
            throw error
        }
    }
}
