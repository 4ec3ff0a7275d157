import IEC104Link
import Logging
import NIOCore
import NIOPosix

/// Accepts the connections of controlling stations, all of them on one event loop, and keeps their number in bounds.
///
/// At the limit a newcomer is refused by being closed at once. The exception is one whose host holds a connection
/// already: that one is asked with TESTFR act, and makes room if no confirmation comes within `probeTimeout`.
/// Confined to its event loop.
package final class StationListener<User: LinkUser> {
    /// One accepted connection.
    package struct Connection {
        /// Counts from 1.
        package let number: Int
        /// The other end, `address:port`.
        package let address: String
        /// The other end's host.
        package let host: String
        /// When it was accepted.
        package let since: NIODeadline
        /// Its link, and through it the user.
        package let handler: LinkHandler<User>
    }

    /// What happens to connections, for log and counters.
    package enum Event {
        case accepted(Connection)
        case refused(address: String)
        case takenOver(Connection, by: String)
        case closed(Connection, LinkCloseReason)
    }

    /// How long a connection is given to show that it is alive when its host asks for another.
    package static var probeTimeout: TimeAmount { .seconds(2) }

    /// Connections at most. A smaller number doesn't end connections that exist.
    package var maximumConnections: Int
    /// For connections accepted from now on.
    package var parameters: LinkParameters
    /// The connections that exist, oldest first.
    package private(set) var connections: [Connection] = []

    private let eventLoop: any EventLoop
    private let makeUser: (_ host: String) -> User
    private let onEvent: (Event) -> Void
    private var server: (any Channel)?
    private var nextNumber = 1
    /// Newcomers that wait for the outcome of a probe: number of the probed connection.
    private var probed: Set<Int> = []

    /// A listener that isn't bound yet.
    package init(
        eventLoop: any EventLoop, maximumConnections: Int, parameters: LinkParameters,
        makeUser: @escaping (_ host: String) -> User, onEvent: @escaping (Event) -> Void
    ) {
        self.eventLoop = eventLoop
        self.maximumConnections = maximumConnections
        self.parameters = parameters
        self.makeUser = makeUser
        self.onEvent = onEvent
    }

    /// The address that is listened on; nil when not bound.
    package var localAddress: SocketAddress? { server?.localAddress }

    /// Listens on an address. Fails with the system's error if it can't be had.
    package func bind(host: String, port: Int) -> EventLoopFuture<Void> {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        return ServerBootstrap(group: eventLoop)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try bound.value.admit(channel) }
            }
            .bind(host: host, port: port)
            .map { bound.value.server = $0 }
    }

    /// Takes no more connections. Those that exist go on.
    package func stopAccepting() -> EventLoopFuture<Void> {
        guard let server else { return eventLoop.makeSucceededVoidFuture() }
        self.server = nil
        return server.close()
    }

    /// Ends all connections.
    package func closeConnections(_ reason: LinkCloseReason) {
        for connection in connections { connection.handler.close(reason) }
    }

    // MARK: Admission

    private struct Refused: Error {}

    /// A connection that is being closed by this end doesn't count, nor does the one that is to be replaced.
    private func hasRoom(replacing replaced: Int? = nil) -> Bool {
        connections.lazy.filter { $0.handler.closeReason == nil && $0.number != replaced }.count < maximumConnections
    }

    private func admit(_ channel: any Channel) throws {
        guard let remote = channel.remoteAddress else { throw Refused() }
        let host = remote.ipAddress ?? "unknown"
        let address = "\(host):\(remote.port ?? 0)"
        if hasRoom() {
            return try accept(channel, host: host, address: address)
        }
        guard
            let held = connections.first(where: {
                $0.host == host && $0.handler.closeReason == nil && !probed.contains($0.number)
            })
        else {
            onEvent(.refused(address: address))
            throw Refused()
        }
        probe(held, for: channel, host: host, address: address)
    }

    private func probe(_ held: Connection, for channel: any Channel, host: String, address: String) {
        probed.insert(held.number)
        // The newcomer isn't read until it is known whether it may stay.
        _ = channel.setOption(.autoRead, value: false)
        // The answer may come before the newcomer is active, which isn't the same as being gone.
        let isGone = NIOLoopBoundBox(false, eventLoop: eventLoop)
        channel.closeFuture.whenComplete { _ in isGone.value = true }
        held.handler.test(timeout: Self.probeTimeout) { answered in
            self.probed.remove(held.number)
            guard !isGone.value else { return }
            // A listener that has stopped meanwhile takes nobody; and meanwhile a slot may have become free.
            guard self.server != nil, self.hasRoom(replacing: answered ? nil : held.number) else {
                self.onEvent(.refused(address: address))
                return channel.close(promise: nil)
            }
            if !answered {
                self.onEvent(.takenOver(held, by: address))
                self.remove(held.number)
            }
            do {
                try self.accept(channel, host: host, address: address)
                // Reads at once if the newcomer is active, otherwise as soon as it is. A read that is asked for before
                // would be taken for one under way, and there would be none.
                _ = channel.setOption(.autoRead, value: true)
            } catch {
                channel.close(promise: nil)
            }
        }
    }

    private func accept(_ channel: any Channel, host: String, address: String) throws {
        let handler = LinkHandler(role: .controlled, parameters: parameters, user: makeUser(host))
        let connection = Connection(
            number: nextNumber, address: address, host: host, since: eventLoop.now, handler: handler)
        nextNumber += 1
        connections.append(connection)
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let number = connection.number
        channel.closeFuture.whenComplete { _ in bound.value.closed(number) }
        onEvent(.accepted(connection))
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    private func closed(_ number: Int) {
        guard let connection = connections.first(where: { $0.number == number }) else { return }
        remove(number)
        onEvent(.closed(connection, connection.handler.closeReason ?? .remote))
    }

    private func remove(_ number: Int) {
        connections.removeAll { $0.number == number }
    }
}
