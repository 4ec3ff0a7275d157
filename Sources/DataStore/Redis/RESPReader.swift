internal import CHiredis
import NIOCore

/// Reads RESP2 replies by hiredis' `redisReader`, which it owns. Nothing else in the program touches C memory of
/// hiredis: each reply is copied out and given back at once.
package struct RESPReader: ~Copyable {
    private let reader: UnsafeMutablePointer<redisReader>
    private var frames = RESPFrames()
    /// What has come and wasn't looked at yet.
    private var pending = ByteBuffer()

    /// Nil if there is no memory.
    package init?() {
        guard let reader = redisReaderCreate() else { return nil }
        self.reader = reader
    }

    deinit {
        redisReaderFree(reader)
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
        var pointer: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &pointer) == REDIS_OK else { throw Self.fault(of: reader) }
        guard let pointer else { throw .unexpectedReply("an answer that isn't complete") }
        defer { freeReplyObject(pointer) }
        return Self.value(pointer.assumingMemoryBound(to: redisReply.self).pointee)
    }

    private static func fault(of reader: UnsafeMutablePointer<redisReader>) -> StoreError {
        let text = withUnsafeBytes(of: reader.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return .unexpectedReply(text)
    }

    private static func value(_ reply: redisReply) -> RESPValue {
        switch reply.type {
        case REDIS_REPLY_STRING: return .bulk(ByteBuffer(bytes: text(reply)))
        case REDIS_REPLY_STATUS: return .simpleString(String(decoding: text(reply), as: UTF8.self))
        case REDIS_REPLY_ERROR: return .error(RedisError(message: String(decoding: text(reply), as: UTF8.self)))
        case REDIS_REPLY_INTEGER: return .integer(Int64(reply.integer))
        case REDIS_REPLY_ARRAY:
            let elements = UnsafeBufferPointer(start: reply.element, count: Int(reply.elements))
            return .array(elements.map { element in element.map { value($0.pointee) } ?? .null })
        default: return .null
        }
    }

    private static func text(_ reply: redisReply) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : Int(reply.len))
    }
}
