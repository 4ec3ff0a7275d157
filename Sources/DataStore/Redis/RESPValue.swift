import NIOCore

/// A reply of the RESP2 protocol.
package enum RESPValue: Hashable, Sendable {
    /// A null bulk string or null array.
    case null
    /// A status such as `OK`.
    case simpleString(String)
    /// A refusal.
    case error(RedisError)
    case integer(Int64)
    case bulk(ByteBuffer)
    case array([RESPValue])

    /// The text of a bulk or simple string; nil for all else.
    package var string: String? {
        switch self {
        case .simpleString(let text): text
        case .bulk(let octets): String(buffer: octets)
        default: nil
        }
    }

    /// A number; nil for all else.
    package var integer: Int? {
        if case .integer(let number) = self { Int(number) } else { nil }
    }

    /// The octets of a bulk string; nil for all else.
    package var octets: ByteBuffer? {
        if case .bulk(let octets) = self { octets } else { nil }
    }

    /// The elements of an array; nil for all else.
    package var elements: [RESPValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The value itself, unless it is an error or was left out.
    package func orThrow() throws(StoreError) -> RESPValue {
        guard case .error(let error) = self else { return self }
        throw error.isLeftOut ? .unexpectedReply(error.message) : .refused(error)
    }
}
