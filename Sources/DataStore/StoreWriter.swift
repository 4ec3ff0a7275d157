import NIOCore

/// Writes what the connector reports. Nothing is kept for later: without a connection a write fails at once.
package struct StoreWriter: Sendable {
    private let follower: StoreFollower

    /// Writes over the connection that `follower` keeps.
    package init(_ follower: StoreFollower) {
        self.follower = follower
    }

    /// Sets fields of a hash, and how many seconds it lives; for ever if nil.
    package func setHash(_ key: String, _ fields: [(String, String)], expireSeconds: Int?) async throws {
        var set = RedisCommand(["HSET", key])
        for (name, value) in fields {
            set.append(name)
            set.append(value)
        }
        let lifetime: RedisCommand =
            expireSeconds.map { ["EXPIRE", key, String($0)] } ?? ["PERSIST", key]
        // Replaced as a whole, so that fields of another time don't stay behind.
        try await connection.transact([["DEL", key], set, lifetime])
    }

    /// Appends an entry with one field, `data`, to a stream that is trimmed to about `maximumLength` entries.
    @discardableResult
    package func append(_ data: ByteBuffer, to stream: String, maximumLength: Int = 100_000) async throws -> StreamID {
        var command: RedisCommand = ["XADD", stream, "MAXLEN", "~", String(maximumLength), "*", "data"]
        command.append(data)
        return try Self.id(try await send(command))
    }

    /// True if `key` is a stream, or doesn't exist yet.
    package func canBeStream(_ key: String) async throws -> Bool {
        ["stream", "none"].contains(try await send(["TYPE", key]).string)
    }

    /// The id that the server has given an entry.
    static func id(_ reply: RESPValue) throws -> StreamID {
        guard let id = reply.string.flatMap({ StreamID($0) }) else { throw StoreError.unexpectedReply("XADD") }
        return id
    }

    /// Sends one command and throws if it is refused.
    func send(_ command: RedisCommand) async throws -> RESPValue {
        try await connection.send(command)
    }

    var connection: RedisConnection {
        get throws {
            guard let connection = follower.connection else { throw StoreError.unavailable }
            return connection
        }
    }
}
