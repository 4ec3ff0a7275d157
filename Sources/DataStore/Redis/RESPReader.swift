internal import CHiredis
import NIOCore

/// Reads RESP2 replies by hiredis' `redisReader`, which it owns. Nothing else in the program touches C memory of
/// hiredis: what the parser finds is handed to a `RESPBuilder` at once, so that no reply is ever held in C.
package struct RESPReader: ~Copyable {
    private let reader: UnsafeMutablePointer<redisReader>
    /// What the parser calls; it keeps the address.
    private let functions: UnsafeMutablePointer<redisReplyObjectFunctions>
    private let builder = RESPBuilder()
    private var frames = RESPFrames()
    /// What has come and wasn't looked at yet.
    private var pending = ByteBuffer()

    /// Nil if there is no memory.
    package init?() {
        let functions = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
        functions.initialize(to: Self.handingOn)
        guard let reader = redisReaderCreateWithFunctions(functions) else {
            functions.deallocate()
            return nil
        }
        // The reader is freed before the builder, by the same deinit.
        reader.pointee.privdata = Unmanaged.passUnretained(builder).toOpaque()
        self.reader = reader
        self.functions = functions
    }

    deinit {
        redisReaderFree(reader)
        functions.deallocate()
    }

    /// Takes what has come from the socket.
    package mutating func feed(_ octets: ByteBuffer) {
        if pending.readableBytes == 0 {
            pending = octets
        } else {
            pending.writeImmutableBuffer(octets)
        }
    }

    /// The next complete reply, nil if more octets are needed.
    ///
    /// - Parameter limit: what is kept of it; the same for every call until the reply is complete.
    package mutating func next(_ limit: ReplyLimit = .standard) throws(StoreError) -> RESPValue? {
        guard pending.readableBytes > 0 else { return nil }
        let reader = reader
        let octets = pending
        var frames = frames
        let (used, isComplete) = try octets.withUnsafeReadableBytes { octets throws(StoreError) in
            try frames.scan(octets, limit) { part throws(StoreError) in try Self.forward(part, to: reader) }
        }
        self.frames = frames
        pending.moveReaderIndex(forwardBy: used)
        if pending.readableBytes == 0 { pending = ByteBuffer() }
        return isComplete ? try reply() : nil
    }

    private static func forward(
        _ octets: UnsafeRawBufferPointer, to reader: UnsafeMutablePointer<redisReader>
    ) throws(StoreError) {
        guard let base = octets.baseAddress else { return }
        let result = redisReaderFeed(reader, base.assumingMemoryBound(to: CChar.self), octets.count)
        guard result == REDIS_OK else { throw fault(of: reader) }
    }

    private func reply() throws(StoreError) -> RESPValue {
        var mark: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &mark) == REDIS_OK else { throw Self.fault(of: reader) }
        guard mark != nil else { throw .unexpectedReply("an answer that isn't complete") }
        return builder.take()
    }

    private static func fault(of reader: UnsafeMutablePointer<redisReader>) -> StoreError {
        let text = withUnsafeBytes(of: reader.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .unexpectedReply(text)
    }

    /// Hands on what the parser finds. The parser wants a pointer for each value and does nothing with it but compare it
    /// with null: it gets that of the builder.
    private static var handingOn: redisReplyObjectFunctions {
        redisReplyObjectFunctions(
            createString: { task, text, length in
                RESPReader.handOn(task) { builder, type in
                    let octets = UnsafeRawBufferPointer(start: text, count: text == nil ? 0 : length)
                    switch type {
                    case REDIS_REPLY_STATUS: builder.addStatus(octets)
                    case REDIS_REPLY_ERROR: builder.addError(octets)
                    default: builder.addString(octets)
                    }
                }
            },
            createArray: { task, count in RESPReader.handOn(task) { builder, _ in builder.addArray(Int(count)) } },
            createInteger: { task, number in RESPReader.handOn(task) { builder, _ in builder.addInteger(number) } },
            createNil: { task in RESPReader.handOn(task) { builder, _ in builder.addNull() } },
            freeObject: { _ in })
    }

    private static func handOn(
        _ task: UnsafePointer<redisReadTask>?, _ body: (RESPBuilder, Int32) -> Void
    ) -> UnsafeMutableRawPointer? {
        guard let task, let context = task.pointee.privdata else { return nil }
        body(Unmanaged<RESPBuilder>.fromOpaque(context).takeUnretainedValue(), task.pointee.type)
        return context
    }
}
