import IEC104Link
import NIOCore
import NIOPosix

/// Connects a controlling station.
package enum LinkConnector {
    /// Establishes a connection within t0 and runs a link on it.
    ///
    /// - Parameters:
    ///   - localAddress: the address to connect from; the system's choice if nil.
    ///   - makeHandler: makes the handler, on the event loop of the connection.
    package static func connect(
        host: String, port: Int, localAddress: String? = nil, t0: TimeAmount, eventLoop: any EventLoop,
        makeHandler: @escaping @Sendable () -> some ChannelHandler
    ) -> EventLoopFuture<any Channel> {
        var bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(t0)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(makeHandler())
                }
            }
        if let localAddress {
            do {
                bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: localAddress, port: 0))
            } catch {
                return eventLoop.makeFailedFuture(error)
            }
        }
        return bootstrap.connect(host: host, port: port)
    }
}
