import DataStore
import NIOCore
import NIOPosix
import TestBench

/// A server that answers whatever comes with the next of `answers`, and then no more.
func withServer(
    answers: [String], _ body: (StoreConfiguration) async throws -> Void
) async throws {
    try await withServer(handler: { AnsweringHandler(answers, every: nil) }, body)
}

/// The same with one answer, or none at all.
func withServer(answer: String?, _ body: (StoreConfiguration) async throws -> Void) async throws {
    try await withServer(answers: answer.map { [$0] } ?? [], body)
}

/// The same with one answer to everything.
func withServer(everyAnswer answer: String, _ body: (StoreConfiguration) async throws -> Void) async throws {
    try await withServer(handler: { AnsweringHandler([], every: answer) }, body)
}

private func withServer(
    handler: @escaping @Sendable () -> AnsweringHandler, _ body: (StoreConfiguration) async throws -> Void
) async throws {
    let host = LoopbackAddress.next()
    let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(handler())
            }
        }
        .bind(host: host, port: 0).get()
    var configuration = StoreConfiguration()
    configuration.endpoint = StoreConfiguration.Endpoint(host: host, port: server.localAddress?.port ?? 0)
    do {
        try await body(configuration)
        try await server.close()
    } catch {
        try? await server.close()
        throw error
    }
}

private final class AnsweringHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var answers: ArraySlice<String>
    private let every: String?

    init(_ answers: [String], every: String?) {
        self.answers = answers[...]
        self.every = every
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let answer = answers.popFirst() ?? every else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
    }
}

/// The text of the error that connecting ends with.
func connectingFailure(
    _ configuration: StoreConfiguration, adjust: (inout StoreConfiguration) -> Void = { _ in }
) async -> String {
    var configuration = configuration
    adjust(&configuration)
    do {
        let connection = try await RedisConnection.connect(
            configuration, on: .singletonMultiThreadedEventLoopGroup.any())
        await connection.close()
        return "connected"
    } catch {
        return String(describing: error)
    }
}
