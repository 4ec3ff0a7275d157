import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

extension RedisConnection {
    /// Connects to the server that the configuration names, or to the primary that its sentinels name; authenticates,
    /// selects the database and makes sure that the server answers.
    ///
    /// - Parameter onMessage: takes published messages, once `SUBSCRIBE` was sent. Called on the event loop.
    /// - Throws: `StoreError`.
    package static func connect(
        _ configuration: StoreConfiguration, on eventLoop: any EventLoop,
        onMessage: (@Sendable (RESPValue) -> Void)? = nil
    ) async throws -> RedisConnection {
        if let path = configuration.socketPath {
            return try await connect(to: .socket(path), configuration, on: eventLoop, onMessage: onMessage)
        }
        guard configuration.sentinels.isEmpty else {
            return try await Sentinels(configuration, on: eventLoop).connectToPrimary(onMessage: onMessage)
        }
        return try await connect(
            to: .network(configuration.endpoint), configuration, on: eventLoop, onMessage: onMessage)
    }

    /// Connects once more to where this connection leads, whatever the name or the sentinels say by now.
    func another(
        _ configuration: StoreConfiguration, on eventLoop: any EventLoop,
        onMessage: (@Sendable (RESPValue) -> Void)? = nil
    ) async throws -> RedisConnection {
        try await Self.connect(
            to: endpoint, resolvedTo: remoteAddress, configuration, on: eventLoop, onMessage: onMessage)
    }

    /// Connects to one server.
    ///
    /// - Parameter address: what its name was resolved to before; nil resolves it now.
    static func connect(
        to endpoint: ServerEndpoint, resolvedTo address: SocketAddress? = nil, _ configuration: StoreConfiguration,
        on eventLoop: any EventLoop, onMessage: (@Sendable (RESPValue) -> Void)? = nil
    ) async throws -> RedisConnection {
        let tls = try configuration.tls.map { try TLSContext.make($0) }
        let stallTimeout = configuration.stallTimeout
        // Kept from here on: a connection that has failed already has no handlers any more, but they know why.
        let handlers = NIOLockedValueBox<[ObjectIdentifier: NIOLoopBound<RedisChannelHandler>]>([:])
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(configuration.connectTimeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(
                                context: tls, serverHostname: endpoint.host.flatMap { TLSContext.serverName($0) }))
                    }
                    let handler = RedisChannelHandler(stallTimeout: stallTimeout, onMessage: onMessage)
                    let bound = NIOLoopBound(handler, eventLoop: channel.eventLoop)
                    handlers.withLockedValue { $0[ObjectIdentifier(channel)] = bound }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        let channel: any Channel
        do {
            channel =
                switch (endpoint, address) {
                case (.socket(let path), _): try await bootstrap.connect(unixDomainSocketPath: path).get()
                case (.network, let address?): try await bootstrap.connect(to: address).get()
                case (.network(let named), nil):
                    try await bootstrap.connect(host: named.host, port: named.port).get()
                }
        } catch {
            throw StoreError.connection("\(endpoint): \(describe(error))")
        }
        guard let handler = handlers.withLockedValue({ $0[ObjectIdentifier(channel)] }) else {
            throw StoreError.unavailable
        }
        let connection = RedisConnection(to: endpoint, channel: channel, handler: handler)
        do {
            try await connection.greet(configuration)
        } catch StoreError.stalled(let seconds) where tls != nil {
            await connection.close()
            // A server without TLS waits for the end of a line that a handshake doesn't have.
            throw StoreError.connection("\(endpoint) has not answered for \(seconds) s; does it speak TLS there?")
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
            // A server that can't save to its disk says so to a ping as well, but can be read.
            if case .error(let error) = reply, error.code == "MISCONF" { continue }
            do throws(StoreError) {
                _ = try reply.orThrow()
            } catch {
                throw error.hiding(configuration.password)
            }
        }
        // A name is a courtesy to whoever looks at CLIENT LIST; not every ACL allows giving one.
        if let name = configuration.clientName { _ = try await send([["CLIENT", "SETNAME", name]]) }
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
