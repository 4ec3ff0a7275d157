import DequeModule
import NIOCore

/// Sends commands and matches the replies to them, in order.
final class RedisChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Replies that belong together: those of one `send`.
    private struct Batch {
        let count: Int
        var replies: [RESPValue]
        let limit: ReplyLimit
        let promise: EventLoopPromise<[RESPValue]>
    }

    /// Batches under way at most; a further one is refused.
    private static let maximumBatches = 4096

    private let stallTimeout: TimeAmount
    private let onMessage: (@Sendable (RESPValue) -> Void)?
    private var reader: RESPReader?
    private var waiting: Deque<Batch> = []
    private var context: ChannelHandlerContext?
    /// Why the connection is of no use any more; nil while it is.
    private(set) var fault: StoreError?
    private var lastProgress = NIODeadline.uptimeNanoseconds(0)
    private var stallCheck: Scheduled<Void>?

    /// - Parameter onMessage: takes what the server sends unasked, once the connection has subscribed.
    init(stallTimeout: TimeAmount, onMessage: (@Sendable (RESPValue) -> Void)?) {
        self.stallTimeout = stallTimeout
        self.onMessage = onMessage
        reader = RESPReader()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func send(_ commands: [RedisCommand], _ limit: ReplyLimit, promise: EventLoopPromise<[RESPValue]>) {
        guard let context, fault == nil, context.channel.isActive else {
            return promise.fail(fault ?? StoreError.unavailable)
        }
        guard waiting.count < Self.maximumBatches else { return promise.fail(StoreError.overloaded) }
        guard !commands.isEmpty else { return promise.succeed([]) }
        var octets = context.channel.allocator.buffer(capacity: 64 * commands.count)
        for command in commands { command.encode(into: &octets) }
        if waiting.isEmpty { lastProgress = context.eventLoop.now }
        waiting.append(Batch(count: commands.count, replies: [], limit: limit, promise: promise))
        context.writeAndFlush(wrapOutboundOut(octets), promise: nil)
        if stallCheck == nil { scheduleStallCheck(context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard fault == nil else { return }
        lastProgress = context.eventLoop.now
        reader?.feed(unwrapInboundIn(data))
        do throws(StoreError) {
            while fault == nil, let value = try reader?.next(waiting.first?.limit ?? .standard) { received(value) }
        } catch {
            fail(error)
        }
    }

    private func received(_ value: RESPValue) {
        if let onMessage, case .array(let elements) = value, elements.first?.string == "message" {
            return onMessage(value)
        }
        guard !waiting.isEmpty else {
            // A server that has no room for another client says so unasked.
            if case .error(let error) = value { return fail(.refused(error)) }
            return fail(.unexpectedReply("a reply to no command"))
        }
        waiting[0].replies.append(value)
        guard waiting[0].replies.count == waiting[0].count, let batch = waiting.popFirst() else { return }
        batch.promise.succeed(batch.replies)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(.connection(String(describing: error)))
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(.connection("the server closed the connection"))
        stallCheck?.cancel()
        self.context = nil
        context.fireChannelInactive()
    }

    func close(_ reason: StoreError) {
        fail(reason)
    }

    private func fail(_ error: StoreError) {
        if fault == nil { fault = error }
        let batches = waiting
        waiting.removeAll()
        for batch in batches { batch.promise.fail(fault ?? error) }
        context?.close(promise: nil)
    }

    /// One timer as long as replies are due; it looks whether anything has come since it was set.
    private func scheduleStallCheck(_ context: ChannelHandlerContext) {
        let deadline = lastProgress + stallTimeout
        stallCheck = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            guard let self, let context = self.context else { return }
            self.stallCheck = nil
            guard !self.waiting.isEmpty else { return }
            if context.eventLoop.now - self.lastProgress >= self.stallTimeout {
                self.fail(.stalled(seconds: Int(self.stallTimeout.nanoseconds / 1_000_000_000)))
            } else {
                self.scheduleStallCheck(context)
            }
        }
    }
}
