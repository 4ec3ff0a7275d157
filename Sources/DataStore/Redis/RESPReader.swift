internal import CHiredis
import NIOCore

/// Reads RESP2 replies by hiredis' `redisReader`, which it owns. Nothing else in the program touches C memory of
/// hiredis: each reply is copied out and given back at once.
package struct RESPReader: ~Copyable {
    /// Octets of one reply at most. What is larger was not asked for.
    static let maximumReplySize = 256 * 1024 * 1024

    private let reader: UnsafeMutablePointer<redisReader>
    private var octetsOfReply = 0

    /// Nil if there is no memory.
    package init?() {
        guard let reader = redisReaderCreate() else { return nil }
        self.reader = reader
    }

    deinit {
        redisReaderFree(reader)
    }

    /// Takes what has come from the socket.
    package mutating func feed(_ octets: ByteBuffer) throws(StoreError) {
        octetsOfReply += octets.readableBytes
        guard octetsOfReply <= Self.maximumReplySize else {
            throw .unexpectedReply("a reply of more than \(Self.maximumReplySize) octets")
        }
        let result = octets.withUnsafeReadableBytes { readable in
            readable.baseAddress.map { base in
                redisReaderFeed(reader, base.assumingMemoryBound(to: CChar.self), readable.count)
            } ?? REDIS_OK
        }
        guard result == REDIS_OK else { throw fault() }
    }

    /// The next complete reply, nil if more octets are needed.
    package mutating func next() throws(StoreError) -> RESPValue? {
        var pointer: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &pointer) == REDIS_OK else { throw fault() }
        guard let pointer else { return nil }
        defer { freeReplyObject(pointer) }
        octetsOfReply = 0
        return Self.value(pointer.assumingMemoryBound(to: redisReply.self).pointee)
    }

    private func fault() -> StoreError {
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
