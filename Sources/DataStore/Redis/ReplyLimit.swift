/// How much of a reply is kept. What is longer is read past, not stored: a value somebody has put into the store can
/// neither use up memory nor break the connection.
///
/// In place of a string that was left out stands `RESPValue.error` with `RedisError.isLeftOut`.
package struct ReplyLimit: Hashable, Sendable {
    /// Octets of one string.
    package var string: Int
    /// Octets of all strings of one reply together; those of up to `short` octets always come through.
    package var total: Int

    package init(string: Int, total: Int) {
        self.string = string
        self.total = total
    }

    /// Ids, field names and the like, which tell where to go on although the rest was left out.
    static let short = 64

    /// For documents of the size that management back ends write: 64 MiB, and 256 MiB in all.
    package static let standard = ReplyLimit(string: 64 << 20, total: 256 << 20)
}
