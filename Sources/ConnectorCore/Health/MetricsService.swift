import DataStore
import Foundation
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Serves the figures of health as Prometheus text on `GET /metrics`.
struct MetricsService: Service {
    /// Connections at a time: more would take descriptors that clients of the station need.
    private static let maximumConnections = 16
    /// A connection that nothing was asked on for so long is closed.
    private static let patience = TimeAmount.minutes(5)

    let endpoint: StoreConfiguration.Endpoint
    let health: ConnectorHealth
    let host: StationHost
    let reports: ReportSink
    let eventLoop: any EventLoop
    let logger: Logger

    func run() async throws {
        let channel: any Channel
        let count = NIOLockedValueBox(0)
        do {
            channel = try await ServerBootstrap(group: eventLoop)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        count.withLockedValue { $0 += 1 }
                        channel.closeFuture.whenComplete { _ in count.withLockedValue { $0 -= 1 } }
                        guard count.withLockedValue({ $0 <= Self.maximumConnections }) else {
                            return channel.close(promise: nil)
                        }
                        try channel.pipeline.syncOperations.addHandler(IdleStateHandler(allTimeout: Self.patience))
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                        try channel.pipeline.syncOperations.addHandler(MetricsHandler(text: text))
                    }
                }
                .bind(host: endpoint.host, port: endpoint.port).get()
        } catch {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            throw SettingsFault("\(SettingName.metrics.flag): can't listen on \(endpoint): \(reason)")
        }
        logger.info("serving metrics", metadata: ["address": "http://\(endpoint)/metrics"])
        try await withGracefulShutdownHandler {
            try await channel.closeFuture.get()
        } onGracefulShutdown: {
            channel.close(promise: nil)
        }
    }

    @Sendable private func text() async -> String {
        MetricsText(health.report, await host.snapshot(), reports.counts, now: StationClock.now()).text
    }
}

/// Answers one request after the other.
private final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let text: @Sendable () async -> String
    private var request: HTTPRequestHead?

    init(text: @escaping @Sendable () async -> String) {
        self.text = text
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end:
            guard let request else { return }
            self.request = nil
            answer(request, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    private func answer(_ request: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let path = request.uri.prefix { $0 != "?" }
        guard path == "/metrics" else { return respond(.notFound, "see /metrics\n", request, context) }
        guard request.method == .GET || request.method == .HEAD else {
            return respond(.methodNotAllowed, "GET only\n", request, context)
        }
        let text = text
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.makeFutureWithTask { await text() }.whenSuccess { text in
            let (handler, context) = bound.value
            handler.respond(.ok, text, request, context)
        }
    }

    private func respond(
        _ status: HTTPResponseStatus, _ text: String, _ request: HTTPRequestHead, _ context: ChannelHandlerContext
    ) {
        let body = context.channel.allocator.buffer(string: text)
        var head = HTTPResponseHead(version: request.version, status: status)
        head.headers.add(name: "Content-Type", value: "text/plain; version=0.0.4; charset=utf-8")
        head.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if request.method != .HEAD { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if !request.isKeepAlive { context.close(promise: nil) }
    }
}
