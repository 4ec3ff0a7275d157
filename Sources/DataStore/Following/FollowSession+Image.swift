import NIOCore

/// Documents and image.
extension FollowSession {
    /// The largest configuration or mapping read, in octets: some 500 000 points.
    static let maximumDocumentSize = ReplyLimit.standard.string
    /// Keys read in one go.
    private static let chunk = 500
    /// After this time it is asked anew how far the stream goes: an entry that was deleted is never delivered.
    private static let patience = TimeAmount.seconds(1)

    /// The replies for configuration and mapping.
    typealias Documents = [RESPValue]

    /// Reads both documents. One that is too long isn't asked for: it would come over the network to be thrown away.
    func readDocuments() async throws -> Documents {
        let keys = [follower.keys.configuration, follower.keys.mapping]
        let sizes = try await commands.send(keys.map { ["STRLEN", $0] }).map { $0.integer ?? 0 }
        let wanted = zip(keys, sizes).filter { $0.1 <= Self.maximumDocumentSize }.map { RedisCommand(["GET", $0.0]) }
        var texts = try await commands.send(wanted)[...]
        let replies = sizes.map { octets -> RESPValue? in
            octets > Self.maximumDocumentSize ? .error(.tooLong(octets)) : texts.popFirst()
        }.compactMap { $0 }
        guard replies.count == keys.count else { throw StoreError.unexpectedReply("\(replies.count) documents") }
        for case .error(let error) in replies where !error.isLeftOut && error.code != "WRONGTYPE" {
            throw StoreError.refused(error)
        }
        return replies
    }

    /// Hands documents on.
    func take(_ documents: Documents) async -> FollowPlan? {
        await follower.gate.run {
            for (key, reply) in zip([follower.keys.configuration, follower.keys.mapping], documents) {
                guard case .error(let error) = reply else { continue }
                let reason = error.isLeftOut ? "longer than \(Self.maximumDocumentSize) octets" : "not a string"
                await delegate.documentUnreadable(key, reason: reason)
            }
            return await delegate.documentsChanged(
                configuration: documents[0].document, mapping: documents[1].document)
        }
    }

    /// - Parameter fingerprint: of the documents that `first` comes from, which aren't kept themselves.
    func followChanges(from first: FollowPlan?, _ fingerprint: Int) async throws {
        var (plan, fingerprint) = (first, fingerprint)
        if let plan {
            try await load(plan)
            await follower.gate.run { await delegate.snapshotCompleted() }
        }
        while !Task.isCancelled {
            let changes = await mailbox.take()
            if changes.documents || changes.isPolled {
                let found = try await readDocuments()
                let before = fingerprint
                fingerprint = found.hashValue
                if changes.documents || fingerprint != before { plan = try await adopt(found, plan) }
            }
            guard let plan else { continue }
            if changes.everything {
                try await load(plan)
            } else if !changes.keys.isEmpty {
                try await read(changes.keys.filter { plan.follows($0) }, plan)
            }
        }
    }

    private func adopt(_ documents: Documents, _ before: FollowPlan?) async throws -> FollowPlan? {
        guard let plan = await take(documents) else { return nil }
        if plan.inputStream != before?.inputStream { try await switchStream(plan.inputStream) }
        if plan != before {
            try await load(plan, since: before)
            await follower.gate.run { await delegate.snapshotCompleted() }
        }
        return plan
    }

    /// Reads the keys that `plan` follows and `before` didn't.
    private func load(_ plan: FollowPlan, since before: FollowPlan? = nil) async throws {
        switch plan.points {
        case .only(let keys):
            var wanted = keys
            if case .only(let known)? = before?.points { wanted = keys.subtracting(known).union(plan.reload) }
            try await read(wanted, plan)
        case .all:
            try await scan(plan)
        }
    }

    /// Reads every image key there is, and those that were there before.
    private func scan(_ plan: FollowPlan) async throws {
        var vanished = follower.knownKeys.withLockedValue { $0 }
        var cursor = "0"
        repeat {
            let reply = try await commands.send(["SCAN", cursor, "MATCH", "process:image:casdu:*", "COUNT", "1000"])
            guard let parts = reply.elements, parts.count == 2, let next = parts[0].string else {
                throw StoreError.unexpectedReply("SCAN")
            }
            let found = Set((parts[1].elements ?? []).compactMap { $0.string.flatMap { PointKey(key: $0) } })
            try await read(found, plan)
            vanished.subtract(found)
            cursor = next
        } while cursor != "0"
        try await read(vanished, plan)
    }

    /// Reads image keys and hands them on, after the stream entries that were there before them.
    private func read(_ keys: some Collection<PointKey>, _ plan: FollowPlan) async throws {
        var rest = Array(keys)[...]
        while !rest.isEmpty {
            let reads = try await ImageReader(commands: commands).read(Array(rest.prefix(Self.chunk)))
            rest = rest.dropFirst(Self.chunk)
            if plan.points == .all { follower.knownKeys.withLockedValue { $0.note(reads) } }
            try await catchUp()
            await follower.gate.run { await delegate.image(reads) }
        }
    }

    /// Waits until the entries that are in the stream now have been delivered.
    private func catchUp() async throws {
        while let stream = follower.place.stream {
            let last = try await lastID(of: stream)
            let isReached = await follower.place.wait(for: last, patience: Self.patience, on: follower.eventLoop)
            if isReached { return }
            try Task.checkCancellation()
        }
    }

    /// The id of the newest entry there is.
    private func lastID(of stream: String) async throws -> StreamID {
        let reply = try await commands.send(
            [["XREVRANGE", stream, "+", "-", "COUNT", "1"]], limit: StreamInfo.limit
        ).first
        return reply?.elements?.first?.elements?.first?.string.flatMap { StreamID($0) } ?? .zero
    }
}

extension RESPValue {
    /// The text of a document key; one that can't be read counts as empty text, which no document is.
    fileprivate var document: ByteBuffer? {
        switch self {
        case .bulk(let octets): octets
        case .error: ByteBuffer()
        default: nil
        }
    }
}

extension Set<PointKey> {
    /// Keeps the keys that exist.
    fileprivate mutating func note(_ reads: [ImageRead]) {
        for read in reads {
            if case .absent = read.content { remove(read.key) } else { insert(read.key) }
        }
    }
}
