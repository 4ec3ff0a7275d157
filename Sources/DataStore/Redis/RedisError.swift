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

    package var description: String {
        switch code {
        case "MOVED", "ASK", "CLUSTERDOWN", "CROSSSLOT": "\(message) (a Redis Cluster can't be used as the store)"
        default: message
        }
    }
}

extension RedisError {
    /// Stands for a string longer than `ReplyLimit.string`. No server sends these codes.
    private static let tooLong = "STRING-TOO-LONG"
    /// Stands for a string that `ReplyLimit.total` left no room for.
    private static let noRoom = "REPLY-TOO-LONG"

    static func tooLong(_ octets: Int) -> RedisError {
        RedisError(message: "\(tooLong) \(octets) octets, more than are read")
    }

    static func noRoom(_ octets: Int) -> RedisError {
        RedisError(message: "\(noRoom) \(octets) octets, for which there was no room left")
    }

    /// True for a string that was left out because it is too long.
    package var isTooLong: Bool { code == Self.tooLong }
    /// True for a string that was left out because the reply as a whole is too long.
    package var isWithoutRoom: Bool { code == Self.noRoom }
    /// True for what the server has sent, but is longer than was wanted.
    package var isLeftOut: Bool { isTooLong || isWithoutRoom }
}
