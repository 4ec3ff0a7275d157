import NIOCore

/// Reads image keys of either form: texts in one round trip, hashes in three, and never more than a bounded part of
/// one.
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
        let questions = keys.flatMap { key, isHash -> [RedisCommand] in
            let type: RedisCommand = ["TYPE", key.description]
            return isHash ? [type] + Self.fields.map { ["HSTRLEN", key.description, $0] } : [type]
        }
        var replies = try await commands.send(questions)[...]
        var reads: [ImageRead] = []
        reads.reserveCapacity(keys.count)
        var hashes: [PointKey] = []
        for (key, isHash) in keys {
            guard let type = try replies.popFirst()?.orThrow().string else {
                throw StoreError.unexpectedReply("TYPE")
            }
            let sizes = replies.prefix(isHash ? Self.fields.count : 0)
            replies = replies.dropFirst(sizes.count)
            // A field that is too long isn't asked for: it would come over the network to be thrown away.
            if let long = zip(Self.fields, sizes).first(where: { $1.integer ?? 0 > Self.maximumFieldSize }) {
                reads.append(ImageRead(key: key, content: Self.tooLong(long.0)))
                continue
            }
            switch type {
            case "hash" where isHash: hashes.append(key)
            case "string": reads.append(ImageRead(key: key, content: .unusable("empty text")))
            case "none": reads.append(ImageRead(key: key, content: .absent))
            // Of any other type it was written since it was found absent, and the report of that is still to come.
            case _ where !isHash: reads.append(ImageRead(key: key, content: .absent))
            default:
                let content = ImageRead.Content.unusable("a key of type \(type), neither string nor hash")
                reads.append(ImageRead(key: key, content: content))
            }
        }
        return hashes.isEmpty ? reads : reads + (try await readHashes(hashes))
    }

    private func readHashes(_ keys: [PointKey]) async throws -> [ImageRead] {
        let replies = try await commands.send(
            keys.map { RedisCommand(["HMGET", $0.description] + Self.fields) }, limit: Self.fieldLimit)
        guard replies.count == keys.count else { throw StoreError.unexpectedReply("HMGET") }
        return try zip(keys, replies).map { key, reply in
            if case .error(let error) = reply {
                guard error.code == "WRONGTYPE" else { throw StoreError.refused(error) }
                return ImageRead(key: key, content: .unusable("it has become another type while it was read"))
            }
            return ImageRead(key: key, content: Self.content(reply.elements ?? []))
        }
    }

    private static func content(_ values: [RESPValue]) -> ImageRead.Content {
        var fields: [StreamEntry.Field] = []
        for (name, value) in zip(Self.fields, values) {
            // It has grown since it was asked for its length.
            if case .error = value { return tooLong(name) }
            if let octets = value.octets { fields.append(StreamEntry.Field(name: name, value: octets)) }
        }
        return fields.isEmpty ? .unusable("a hash without any field of a data point") : .hash(fields)
    }

    private static func tooLong(_ field: String) -> ImageRead.Content {
        .unusable("the field \(field) is longer than \(maximumFieldSize) octets")
    }
}
