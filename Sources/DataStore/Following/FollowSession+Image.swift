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

    /// What is followed, and by what to recognise the documents that say so, which aren't kept.
    private struct Followed {
        /// Nil until all of it has been read over these connections.
        var plan: FollowPlan?
        var fingerprint: Int?
    }

    /// Reads all there is, then what changes.
    func followChanges() async throws {
        var followed = Followed()
        var changes = ChangeMailbox.Changes(documents: true)
        while !Task.isCancelled {
            do {
                try await follow(&changes, &followed)
            } catch is EntriesWait {
                mailbox.note { [changes] in $0.putBack(changes) }
            }
            changes = await mailbox.take()
        }
    }

    /// Reads what has changed.
    ///
    /// - Parameter changes: without the keys that have been read, at the end.
    private func follow(_ changes: inout ChangeMailbox.Changes, _ followed: inout Followed) async throws {
        if changes.isFlushed {
            await follower.gate.run { await delegate.storeFlushed() }
            // The reader sees now that its stream is gone, and not when the next one has begun.
            if let id = follower.place.readerID {
                _ = try await commands.send([["CLIENT", "UNBLOCK", String(id)]])
            }
        }
        if changes.documents || changes.isPolled {
            let found = try await readDocuments()
            if changes.documents || found.hashValue != followed.fingerprint { try await adopt(found, &followed) }
        }
        guard let plan = followed.plan else { return }
        changes.keys = changes.keys.filter { plan.follows($0) }
        while !changes.keys.isEmpty {
            let some = changes.keys.prefix(Self.chunk)
            // What was flushed may have been another database, and what is reported with it, too.
            try await read(some, as: changes.isFlushed ? .unreported : .reported)
            changes.keys.subtract(some)
        }
        if changes.everything { try await load(plan, isUnreported: true) }
    }

    /// Makes documents the ones in force.
    ///
    /// What the stream holds is told before, for new documents may end the connections to who waits for it, or name
    /// another stream.
    private func adopt(_ documents: Documents, _ followed: inout Followed) async throws {
        mailbox.expectDocuments()
        // What waits for these documents comes when they are in force.
        do { try await catchUp() } catch is EntriesWait {}
        let before = followed.plan
        followed = Followed(fingerprint: documents.hashValue)
        let plan = await take(documents)
        mailbox.documentsHandedOn()
        follower.place.documentsHandedOn()
        guard let plan else { return }
        if plan.inputStream != follower.place.stream {
            try await catchUp()
            try await switchStream(plan.inputStream)
        }
        if plan != before {
            try await load(plan, isUnreported: before == nil)
            await follower.gate.run { await delegate.snapshotCompleted() }
        }
        followed.plan = plan
    }

    /// Reads what `plan` follows and the one before didn't, or in another way.
    ///
    /// - Parameter isUnreported: reads the others too, for nobody has said which of them were written.
    private func load(_ plan: FollowPlan, isUnreported: Bool) async throws {
        let before = follower.delivered.withLockedValue { delivered in
            delivered.begin(plan)
            return delivered.plan
        }
        switch (plan.points, before?.points) {
        case (.only(let keys), .only(let known)?):
            let news = keys.subtracting(known).union(plan == before ? [] : plan.reload)
            try await read(news, as: .wanted)
            if isUnreported { try await read(keys.subtracting(news), as: .unreported) }
        case (.only(let keys), _): try await read(keys, as: .wanted)
        case (.all, let points): try await scan(as: points == .all ? .unreported : .wanted)
        }
        follower.delivered.withLockedValue { $0.complete(plan) }
    }

    /// Reads every image key there is, and those that were there before.
    private func scan(as reason: Reason) async throws {
        var vanished = follower.delivered.withLockedValue { $0.keys }
        var cursor = "0"
        repeat {
            let reply = try await commands.send(["SCAN", cursor, "MATCH", "process:image:casdu:*", "COUNT", "1000"])
            guard let parts = reply.elements, parts.count == 2, let next = parts[0].string else {
                throw StoreError.unexpectedReply("SCAN")
            }
            let found = Set((parts[1].elements ?? []).compactMap { $0.string.flatMap { PointKey(key: $0) } })
            try await read(found, as: reason)
            vanished.subtract(found)
            cursor = next
        } while cursor != "0"
        try await read(vanished, as: reason)
    }

    /// Why a key is read.
    private enum Reason {
        /// It hasn't been followed, or not in this way.
        case wanted
        /// Somebody has written it, if only with what was there before.
        case reported
        /// It may have been written without a report. Only what has changed is handed on.
        case unreported
    }

    /// Reads image keys and hands them on, after the stream entries that were there before them.
    private func read(_ keys: some Collection<PointKey>, as reason: Reason) async throws {
        var rest = Array(keys)[...]
        while !rest.isEmpty {
            var reads = try await ImageReader(commands: commands).read(Array(rest.prefix(Self.chunk)))
            rest = rest.dropFirst(Self.chunk)
            if reason != .wanted {
                let news = follower.delivered.withLockedValue { delivered in reads.filter { delivered.isNews($0) } }
                if news.count < reads.count {
                    // What is reported as written, and is as it was, may have been written in another database.
                    let areAllWritten = reason == .reported ? try await !mayBeAnotherDatabase() : false
                    if !areAllWritten { reads = news }
                }
            }
            guard !reads.isEmpty else { continue }
            try await catchUp()
            await follower.gate.run { [reads] in await delegate.image(reads) }
            follower.delivered.withLockedValue { [reads] in $0.note(reads) }
        }
    }

    /// Whether other databases of the server hold keys, or have ever held any that this was asked for. The server reports
    /// changed keys by their name alone, whatever database they are in.
    private func mayBeAnotherDatabase() async throws -> Bool {
        if isServerShared.withLockedValue({ $0 }) { return true }
        let reply = try await commands.send([["INFO", "keyspace"]]).first
        let names = reply?.string?.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("db") } ?? []
        let isShared = reply?.string == nil || names.contains { !$0.hasPrefix("db\(follower.configuration.database):") }
        isServerShared.withLockedValue { $0 = isShared }
        return isShared
    }

    /// Entries that are in the stream wait for documents: these have to be in force before anything that comes after the
    /// entries.
    private struct EntriesWait: Error {}

    /// Waits until the entries that are in the stream now have been delivered.
    private func catchUp() async throws {
        while let stream = follower.place.stream {
            let last = try await lastID(of: stream)
            switch await follower.place.wait(for: last, patience: Self.patience, on: follower.eventLoop) {
            case .reached: return
            case .waitsForDocuments: throw EntriesWait()
            case .takesLong: try Task.checkCancellation()
            }
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
