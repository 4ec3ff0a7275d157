import NIOCore

/// Reads image keys of either form, in two round trips at most and never more than a bounded part of one.
struct ImageReader {
    /// The largest document read, in octets.
    static let maximumSize = 65_536
    /// The largest field of a hash read, in octets.
    static let maximumFieldSize = 8192
    private static let fields = ["value", "type", "casdu", "ioa", "quality", "cot", "timestamp", "transient"]
    private static let fieldLimit = ReplyLimit(string: maximumFieldSize, total: fields.count * maximumFieldSize)

    let commands: RedisConnection

    func read(_ keys: [PointKey]) async throws -> [ImageRead] {
        // GETRANGE reads a bounded part, and answers an empty text for a key that doesn't exist.
        let texts = try await commands.send(
            keys.map { ["GETRANGE", $0.description, "0", String(Self.maximumSize)] })
        guard texts.count == keys.count else { throw StoreError.unexpectedReply("GETRANGE") }
        var reads: [ImageRead] = []
        reads.reserveCapacity(keys.count)
        var others: [(key: PointKey, isHash: Bool)] = []
        for (key, text) in zip(keys, texts) {
            switch text {
            case .bulk(let octets) where octets.readableBytes > Self.maximumSize:
                reads.append(ImageRead(key: key, content: .unusable("longer than \(Self.maximumSize) octets")))
            case .bulk(let octets) where octets.readableBytes > 0:
                reads.append(ImageRead(key: key, content: .json(octets)))
            case .error(let error):
                guard error.code == "WRONGTYPE" else { throw StoreError.refused(error) }
                others.append((key, true))
            default: others.append((key, false))
            }
        }
        return others.isEmpty ? reads : reads + (try await readOthers(others))
    }

    /// Reads keys that hold no text. A mapping may have very many that don't exist: these aren't asked for fields.
    private func readOthers(_ keys: [(key: PointKey, isHash: Bool)]) async throws -> [ImageRead] {
        let commands = keys.flatMap { key, isHash -> [RedisCommand] in
            let type: RedisCommand = ["TYPE", key.description]
            return isHash ? [type, RedisCommand(["HMGET", key.description] + Self.fields)] : [type]
        }
        var replies = try await self.commands.send(commands, limit: Self.fieldLimit)[...]
        guard replies.count == commands.count else { throw StoreError.unexpectedReply("HMGET") }
        var reads: [ImageRead] = []
        reads.reserveCapacity(keys.count)
        for (key, isHash) in keys {
            let type = replies.popFirst() ?? .null
            guard isHash else {
                // Of any other type it was written since it was found absent, and the report of that is still to come.
                let isEmpty = try type.orThrow().string == "string"
                reads.append(ImageRead(key: key, content: isEmpty ? .unusable("empty text") : .absent))
                continue
            }
            let values = replies.popFirst() ?? .null
            if case .error(let error) = values, error.code != "WRONGTYPE" { throw StoreError.refused(error) }
            reads.append(ImageRead(key: key, content: content(type: try type.orThrow(), values: values)))
        }
        return reads
    }

    private func content(type: RESPValue, values: RESPValue) -> ImageRead.Content {
        switch type.string {
        case "none": return .absent
        case "string": return .unusable("empty text")
        case "hash":
            var fields: [StreamEntry.Field] = []
            for (name, value) in zip(Self.fields, values.elements ?? []) {
                if case .error = value {
                    return .unusable("the field \(name) is longer than \(Self.maximumFieldSize) octets")
                }
                if let octets = value.octets { fields.append(StreamEntry.Field(name: name, value: octets)) }
            }
            return fields.isEmpty ? .unusable("a hash without any field of a data point") : .hash(fields)
        case let other: return .unusable("a key of type \(other ?? "unknown"), neither string nor hash")
        }
    }
}
