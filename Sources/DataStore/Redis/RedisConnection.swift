import NIOCore

/// One connection to the server. Commands are pipelined: a `send` doesn't wait for the one before it.
package final class RedisConnection: Sendable {
    /// Where it leads, as it was named.
    package let endpoint: ServerEndpoint
    private let channel: any Channel
    private let handler: NIOLoopBound<RedisChannelHandler>

    init(to endpoint: ServerEndpoint, channel: any Channel, handler: NIOLoopBound<RedisChannelHandler>) {
        self.endpoint = endpoint
        self.channel = channel
        self.handler = handler
    }

    /// What the name was resolved to.
    var remoteAddress: SocketAddress? { channel.remoteAddress }

    /// Sends commands in one write.
    ///
    /// - Parameter limit: what is kept of each reply.
    /// - Returns: as many replies as commands, refusals among them as `RESPValue.error`.
    /// - Throws: `StoreError` if the connection is lost or stalls.
    package func send(_ commands: [RedisCommand], limit: ReplyLimit = .standard) async throws -> [RESPValue] {
        let promise = channel.eventLoop.makePromise(of: [RESPValue].self)
        let handler = handler
        channel.eventLoop.execute { handler.value.send(commands, limit, promise: promise) }
        return try await promise.futureResult.get()
    }

    /// Sends one command and throws if it is refused.
    package func send(_ command: RedisCommand) async throws -> RESPValue {
        try (try await send([command]).first ?? .null).orThrow()
    }

    /// Sends commands as one transaction.
    ///
    /// - Throws: `StoreError` if the connection is lost or stalls, or if one of the commands is refused.
    package func transact(_ commands: [RedisCommand]) async throws {
        let replies = try await send([["MULTI"]] + commands + [["EXEC"]])
        for reply in replies + (replies.last?.elements ?? []) { _ = try reply.orThrow() }
    }

    /// Returns when the connection is gone, and says why.
    @discardableResult
    package func closed() async -> StoreError {
        let handler = handler
        try? await channel.closeFuture.get()
        return (try? await channel.eventLoop.submit { handler.value.fault }.get()) ?? .unavailable
    }

    /// Closes the connection; commands under way fail.
    package func close() async {
        let handler = handler
        channel.eventLoop.execute { handler.value.close(.unavailable) }
        try? await channel.closeFuture.get()
    }

    /// Closes the connection without waiting for it.
    package func abandon() {
        let handler = handler
        channel.eventLoop.execute { handler.value.close(.unavailable) }
    }
}
