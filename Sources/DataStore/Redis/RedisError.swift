/// A refusal by the server: its first word tells the kind.
package struct RedisError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole text, without the leading hyphen of the protocol.
    package let message: String

    package init(message: String) {
        self.message = message
    }

    /// `WRONGTYPE`, `NOAUTH`, `LOADING`, `READONLY`, `OOM`, `MOVED`, `NOPERM`, or `ERR`.
    package var code: Substring {
        message.prefix { $0 != " " }
    }

    package var description: String { message }
}
