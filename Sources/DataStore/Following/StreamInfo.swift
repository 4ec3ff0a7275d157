/// What `XINFO STREAM` tells. A stream that doesn't exist is empty.
struct StreamInfo: Hashable, Sendable {
    /// Enough for ids; the entries that the reply also holds aren't wanted.
    static let limit = ReplyLimit(string: 256, total: 65_536)

    var lastGenerated = StreamID.zero
    var first: StreamID?
    /// Entries there are.
    var length = 0
    /// Entries there have ever been; nil before Redis 7.
    var added: Int?

    static func command(_ stream: String) -> RedisCommand { ["XINFO", "STREAM", stream] }

    init(lastGenerated: StreamID = .zero, first: StreamID? = nil, length: Int = 0, added: Int? = nil) {
        self.lastGenerated = lastGenerated
        self.first = first
        self.length = length
        self.added = added
    }

    /// - Throws: `StoreError.refused` unless the refusal means that there is no such key.
    init(_ reply: RESPValue) throws(StoreError) {
        if case .error(let error) = reply, error.code == "ERR" {
            // No such key: nothing was ever added to it.
            added = 0
            return
        }
        let fields = try reply.orThrow().elements ?? []
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            let value = fields[index + 1]
            switch fields[index].string {
            case "last-generated-id": lastGenerated = value.string.flatMap { StreamID($0) } ?? .zero
            case "first-entry": first = value.elements?.first?.string.flatMap { StreamID($0) }
            case "length": length = value.integer ?? 0
            case "entries-added": added = value.integer
            default: break
            }
        }
    }
}
