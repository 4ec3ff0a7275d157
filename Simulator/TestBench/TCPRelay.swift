import DataStore
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// An address that leads to a server, and that can be made to lead to another one, as a virtual address or a load
/// balancer does.
package final class TCPRelay: Sendable {
    fileprivate struct State {
        var targets: [StoreConfiguration.Endpoint]
        var count = 0
        var open: [ObjectIdentifier: any Channel] = [:]
        var awaited: (text: String, meet: @Sendable () -> Void)?

        /// True if this is what is waited for.
        mutating func isAwaited(_ octets: ByteBuffer) -> Bool {
            guard let (text, meet) = awaited, octets.readableBytesView.firstRange(of: text.utf8) != nil else {
                return false
            }
            awaited = nil
            meet()
            return true
        }
    }

    /// Where it listens.
    package let endpoint: StoreConfiguration.Endpoint
    private let listener: any Channel
    private let state: NIOLockedValueBox<State>

    /// - Parameter targets: where the first, second, ... connection leads; it begins again at the end.
    package static func start(to targets: StoreConfiguration.Endpoint...) async throws -> TCPRelay {
        let state = NIOLockedValueBox(State(targets: targets))
        let host = LoopbackAddress.next()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { near in
                let target = state.withLockedValue { state in
                    state.count += 1
                    state.open[ObjectIdentifier(near)] = near
                    return state.targets[(state.count - 1) % state.targets.count]
                }
                near.closeFuture.whenComplete { _ in
                    state.withLockedValue { $0.open[ObjectIdentifier(near)] = nil }
                }
                return connect(near, to: target, state)
            }
            .bind(host: host, port: 6379).get()
        return TCPRelay(StoreConfiguration.Endpoint(host: host, port: 6379), listener, state)
    }

    private init(
        _ endpoint: StoreConfiguration.Endpoint, _ listener: any Channel, _ state: NIOLockedValueBox<State>
    ) {
        self.endpoint = endpoint
        self.listener = listener
        self.state = state
    }

    private static func connect(
        _ near: any Channel, to target: StoreConfiguration.Endpoint, _ state: NIOLockedValueBox<State>
    ) -> EventLoopFuture<Void> {
        ClientBootstrap(group: near.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: target.host, port: target.port)
            .flatMapThrowing { far in
                try near.pipeline.syncOperations.addHandler(RelayHandler(other: far, requests: state))
                try far.pipeline.syncOperations.addHandler(RelayHandler(other: near, requests: nil))
                _ = near.setOption(.autoRead, value: true)
                _ = far.setOption(.autoRead, value: true)
            }
    }

    /// Connections there have been since it leads where it does.
    package var count: Int { state.withLockedValue { $0.count } }

    /// Leads to other servers from now on, in turns, and cuts the connections there are.
    package func lead(to targets: StoreConfiguration.Endpoint..., cutting: Bool = true) {
        let open = state.withLockedValue { state in
            (state.targets, state.count) = (targets, 0)
            return Array(state.open.values)
        }
        guard cutting else { return }
        for channel in open { channel.close(promise: nil) }
    }

    /// Cuts the connection of the next request with this text in it, as soon as the request is handed on.
    ///
    /// - Parameter meet: called before that.
    package func cut(at text: String, _ meet: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.awaited = (text, meet) }
    }

    /// Ends it, with all connections.
    package func stop() async {
        try? await listener.close()
        for channel in state.withLockedValue({ Array($0.open.values) }) { channel.close(promise: nil) }
    }
}

/// Hands on what comes, and the end.
private final class RelayHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let requests: NIOLockedValueBox<TCPRelay.State>?

    /// - Parameter requests: says where to cut; nil for replies.
    init(other: any Channel, requests: NIOLockedValueBox<TCPRelay.State>?) {
        self.other = other
        self.requests = requests
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let octets = unwrapInboundIn(data)
        let isLast = requests?.withLockedValue { $0.isAwaited(octets) } ?? false
        let near = context.channel
        other.writeAndFlush(octets).whenComplete { _ in
            if isLast { near.close(promise: nil) }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
