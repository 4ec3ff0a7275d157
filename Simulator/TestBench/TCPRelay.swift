import DataStore
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// An address that leads to a server, and that can be made to lead to another one, as a virtual address or a load balancer
/// does.
package final class TCPRelay: Sendable {
    private struct State {
        var targets: [StoreConfiguration.Endpoint]
        var count = 0
        var open: [ObjectIdentifier: any Channel] = [:]
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
                return connect(near, to: target)
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
        _ near: any Channel, to target: StoreConfiguration.Endpoint
    ) -> EventLoopFuture<Void> {
        ClientBootstrap(group: near.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: target.host, port: target.port)
            .flatMapThrowing { far in
                try near.pipeline.syncOperations.addHandler(RelayHandler(other: far))
                try far.pipeline.syncOperations.addHandler(RelayHandler(other: near))
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

    init(other: any Channel) {
        self.other = other
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
