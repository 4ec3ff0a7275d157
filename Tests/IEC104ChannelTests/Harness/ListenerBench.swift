import IEC104Channel
import IEC104Link
import NIOCore
import NIOPosix

/// A listener on a real socket, with peers that connect to it.
final class ListenerBench: Sendable {
    /// What the listener tells, in words.
    enum Event: Equatable, Sendable {
        case accepted(Int)
        case refused
        case takenOver(Int)
        case closed(Int, LinkCloseReason)
    }

    /// What lives on the event loop of the listener.
    final class State {
        var listener: StationListener<ScriptedUser>?
        /// The users made so far, as long as somebody keeps them.
        var users: [WeakUser] = []
    }

    struct WeakUser {
        weak var user: ScriptedUser?
    }

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    /// The loop of the listener.
    let eventLoop: any EventLoop
    private let peerLoop: any EventLoop
    private let state: NIOLoopBoundBox<State>
    private let events: AsyncStream<Event>
    let address: SocketAddress

    /// - Parameter host: an address of this machine that no other test uses.
    private init(host: String, maximumConnections: Int, parameters: LinkParameters) async throws {
        let loop = group.next()
        eventLoop = loop
        peerLoop = group.next()
        let (events, continuation) = AsyncStream.makeStream(of: Event.self)
        self.events = events
        let state = NIOLoopBoundBox.makeBoxSendingValue(State(), eventLoop: loop)
        self.state = state
        address = try await loop.flatSubmit {
            let listener = StationListener<ScriptedUser>(
                eventLoop: loop, maximumConnections: maximumConnections, parameters: parameters,
                makeUser: { _ in
                    let user = ScriptedUser()
                    state.value.users.append(WeakUser(user: user))
                    return user
                },
                onEvent: { event in
                    switch event {
                    case .accepted(let connection): continuation.yield(.accepted(connection.number))
                    case .refused: continuation.yield(.refused)
                    case .takenOver(let connection, _): continuation.yield(.takenOver(connection.number))
                    case .closed(let connection, let reason): continuation.yield(.closed(connection.number, reason))
                    }
                })
            state.value.listener = listener
            let bound = NIOLoopBound(listener, eventLoop: loop)
            return listener.bind(host: host, port: 0).flatMapThrowing {
                guard let address = bound.value.localAddress else { throw ChannelError.unknownLocalAddress }
                return address
            }
        }.get()
    }

    /// Runs a test against a listener, and ends everything afterwards.
    static func run(
        host: String, maximumConnections: Int = 1, parameters: LinkParameters = LinkParameters(),
        _ test: (ListenerBench, inout AsyncStream<Event>.AsyncIterator) async throws -> Void
    ) async throws {
        let bench = try await ListenerBench(
            host: host, maximumConnections: maximumConnections, parameters: parameters)
        var events = bench.events.makeAsyncIterator()
        do {
            try await test(bench, &events)
        } catch {
            try await bench.end()
            throw error
        }
        try await bench.end()
    }

    private func end() async throws {
        try await onLoop { $0.listener?.closeConnections(.local("end of test")) }
        try await stopAccepting()
        try await onLoop { $0.listener = nil }
        try await group.shutdownGracefully()
    }

    func stopAccepting() async throws {
        let state = state
        try await eventLoop.flatSubmit { [eventLoop] in
            state.value.listener?.stopAccepting() ?? eventLoop.makeSucceededVoidFuture()
        }.get()
    }

    /// Does something on the event loop of the listener.
    func onLoop<Result: Sendable>(_ body: @escaping @Sendable (State) -> Result) async throws -> Result {
        let state = state
        return try await eventLoop.submit { body(state.value) }.get()
    }

    /// The numbers of the connections that exist.
    func connections() async throws -> [Int] {
        try await onLoop { $0.listener?.connections.map(\.number) ?? [] }
    }

    /// A new peer.
    func peer(from host: String = "127.0.0.1") async throws -> RawPeer {
        try await RawPeer.connect(to: address, from: host, on: peerLoop)
    }
}
