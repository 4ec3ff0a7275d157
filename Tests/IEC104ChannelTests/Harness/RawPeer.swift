import NIOCore
import NIOPosix
import TestSupport

/// The other end of a connection on a real socket, which does only what the test says.
struct RawPeer {
    private let channel: any Channel
    private var incoming: AsyncStream<ByteBuffer>.AsyncIterator
    private var unread: [UInt8] = []

    /// Connects from one address to another.
    static func connect(
        to address: SocketAddress, from host: String, on eventLoop: any EventLoop
    ) async throws -> RawPeer {
        let (stream, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Collector(continuation))
                }
            }
            .bind(to: try SocketAddress(ipAddress: host, port: 0))
            .connect(to: address).get()
        return RawPeer(channel: channel, incoming: stream.makeAsyncIterator())
    }

    private init(channel: any Channel, incoming: AsyncStream<ByteBuffer>.AsyncIterator) {
        self.channel = channel
        self.incoming = incoming
    }

    func send(_ hex: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(hexadecimal: hex))
    }

    /// The next APDU; nil once the other end has closed the connection.
    mutating func next() async -> String? {
        while unread.count < 2 || unread.count < Int(unread[1]) + 2 {
            guard let more = await incoming.next() else { return nil }
            unread += more.readableBytesView
        }
        defer { unread.removeFirst(Int(unread[1]) + 2) }
        return hexadecimal(unread.prefix(Int(unread[1]) + 2))
    }

    /// Sends STARTDT act and returns what is answered. On a machine that is busy with other tests, t3 may have passed
    /// before.
    mutating func start() async throws -> String? {
        try await send(APDUs.startAct)
        while let apdu = await next() {
            guard apdu == APDUs.testAct else { return apdu }
            try await send(APDUs.testCon)
        }
        return nil
    }

    func close() async throws {
        try await channel.close()
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
