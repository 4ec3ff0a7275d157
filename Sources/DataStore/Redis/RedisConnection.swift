import NIOCore
import NIOPosix
import NIOSSL

/// One connection to the server. Commands are pipelined: a `send` doesn't wait for the one before it.
package final class RedisConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<RedisChannelHandler>

    private init(channel: any Channel, handler: NIOLoopBound<RedisChannelHandler>) {
        self.channel = channel
        self.handler = handler
    }

    /// Connects, authenticates, selects the database and makes sure that the server answers.
    ///
    /// - Parameter onMessage: takes published messages, once `SUBSCRIBE` was sent. Called on the event loop.
    /// - Throws: `StoreError`.
    package static func connect(
        _ configuration: StoreConfiguration, on eventLoop: any EventLoop,
        onMessage: (@Sendable (RESPValue) -> Void)? = nil
    ) async throws -> RedisConnection {
        guard configuration.socketPath == nil, !configuration.sentinels.isEmpty else {
            return try await connect(
                to: configuration.endpoint, configuration, on: eventLoop, onMessage: onMessage)
        }
        let primary = try await SentinelResolver(configuration: configuration, eventLoop: eventLoop).primary()
        let connection = try await connect(to: primary, configuration, on: eventLoop, onMessage: onMessage)
        // A sentinel may still name a primary that has been demoted.
        let role = try await connection.send([["ROLE"]]).first?.elements?.first?.string
        guard role == "master" else {
            await connection.close()
            throw StoreError.connection("\(primary) is no primary at the moment (role \(role ?? "unknown"))")
        }
        return connection
    }

    static func connect(
        to endpoint: StoreConfiguration.Endpoint, _ configuration: StoreConfiguration, on eventLoop: any EventLoop,
        onMessage: (@Sendable (RESPValue) -> Void)?
    ) async throws -> RedisConnection {
        let tls = try configuration.tls.map { try TLSContext.make($0) }
        let stallTimeout = configuration.stallTimeout
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(configuration.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: TLSContext.serverName(endpoint.host)))
                    }
                    try channel.pipeline.syncOperations.addHandler(
                        RedisChannelHandler(stallTimeout: stallTimeout, onMessage: onMessage))
                }
            }
        let channel: any Channel
        do {
            if let path = configuration.socketPath {
                channel = try await bootstrap.connect(unixDomainSocketPath: path).get()
            } else {
                channel = try await bootstrap.connect(host: endpoint.host, port: endpoint.port).get()
            }
        } catch {
            throw StoreError.connection("\(configuration.socketPath ?? endpoint.description): \(describe(error))")
        }
        let handler = try await channel.eventLoop.submit {
            NIOLoopBound(
                try channel.pipeline.syncOperations.handler(type: RedisChannelHandler.self),
                eventLoop: channel.eventLoop)
        }.get()
        let connection = RedisConnection(channel: channel, handler: handler)
        do {
            try await connection.greet(configuration)
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    private func greet(_ configuration: StoreConfiguration) async throws {
        var commands: [RedisCommand] = []
        if let password = configuration.password {
            commands.append(RedisCommand(["AUTH"] + (configuration.user.map { [$0] } ?? []) + [password.reveal]))
        }
        if configuration.database != 0 { commands.append(["SELECT", String(configuration.database)]) }
        commands.append(["PING"])
        for reply in try await send(commands) {
            do throws(StoreError) {
                _ = try reply.orThrow()
            } catch {
                throw error.hiding(configuration.password)
            }
        }
        // A name is a courtesy to whoever looks at CLIENT LIST; not every ACL allows giving one.
        if let name = configuration.clientName { _ = try await send([["CLIENT", "SETNAME", name]]) }
    }

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

    private static func describe(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { describe($0.error) } ?? "the name can't be resolved"
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        case ChannelError.connectTimeout: "no connection in time"
        default: String(describing: error)
        }
    }
}
