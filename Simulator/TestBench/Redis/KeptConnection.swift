import DataStore

/// A connection to a server that comes and goes: made when it is needed, kept while it works.
package actor KeptConnection {
    private let connect: @Sendable () async throws -> RedisConnection
    private var connection: RedisConnection?

    package init(_ connect: @escaping @Sendable () async throws -> RedisConnection) {
        self.connect = connect
    }

    /// Sends commands in one write.
    ///
    /// - Returns: as many replies as commands, refusals among them as `RESPValue.error`.
    /// - Throws: `StoreError` if the server is out of reach; whether the commands were executed isn't known then.
    package func send(_ commands: [RedisCommand]) async throws -> [RESPValue] {
        let open: RedisConnection
        if let connection {
            open = connection
        } else {
            open = try await connect()
            connection = open
        }
        do {
            return try await open.send(commands)
        } catch {
            await close()
            throw error
        }
    }

    /// Closes the connection; the next `send` makes another one.
    package func close() async {
        let open = connection
        connection = nil
        await open?.close()
    }
}
