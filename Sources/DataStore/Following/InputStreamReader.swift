import NIOConcurrencyHelpers
import NIOCore

/// Reads the input stream: in order, each entry once, and notices when some are missing.
///
/// It looks in turns: a look that doesn't wait takes entries and the state of the stream in one transaction, so that no
/// entry can be trimmed away unnoticed between the two; if there is nothing to take, it waits for the next entries.
struct InputStreamReader {
    /// Entries read in one go.
    private static let batch = 1000
    /// Fields of an entry are no longer than documents of image keys.
    private static let limit = ReplyLimit(string: ImageReader.maximumSize, total: 64 << 20)
    /// Between two looks at a stream that entries keep coming to.
    private static let lookInterval = TimeAmount.milliseconds(500)
    /// Who takes longer with entries is slow.
    private static let quickDelivery = TimeAmount.milliseconds(10)
    /// The pause before a key that is no stream is looked at again.
    private static let refusalPause = TimeAmount.seconds(1)

    let follower: StoreFollower
    let connection: RedisConnection
    let mailbox: ChangeMailbox
    let fence: DocumentFence

    private var place: InputPlace { follower.place }

    /// Reads until the connection fails or the task is cancelled.
    func run() async throws {
        place.reader(is: try await connection.send([["CLIENT", "ID"]]).first?.integer)
        defer { place.reader(is: nil) }
        // Less than the stall timeout, so that an idle stream and a dead server can be told apart.
        let timeout = max(.nanoseconds(follower.configuration.stallTimeout.nanoseconds / 2), Self.lookInterval)
        var refused: RedisError?
        while let current = await place.next() {
            do {
                let isAnythingThere = try await look(at: current.stream, after: current.after)
                if refused != nil {
                    await follower.gate.run { await follower.delegate.inputStreamAccepted(current.stream) }
                }
                refused = nil
                if isAnythingThere { continue }
                try await take(timeout: timeout)
            } catch StoreError.refused(let error) where error.code == "WRONGTYPE" {
                if refused != error { await report(error, stream: current.stream) }
                refused = error
                try await Task.sleep(nanoseconds: UInt64(Self.refusalPause.nanoseconds))
            }
        }
    }

    /// Reads what is there, and says if that was anything.
    private func look(at stream: String, after last: StreamID) async throws -> Bool {
        let id = last.description
        // Where entries are counted, that one isn't needed. It may be long, and would come again with every look.
        let isCounted = place.isCounted
        let results = try await atOnce(
            [["XREAD", "COUNT", String(Self.batch), "STREAMS", stream, id], StreamInfo.command(stream)]
                + (isCounted ? [] : [["XRANGE", stream, id, id]]))
        let read = try StreamEntries(results[0])
        let entries = read.values
        let info = try StreamInfo(results[1])
        if isCounted, info.added == nil {
            // An older server has taken over.
            place.update(stream) { $0.stopCounting() }
            return true
        }
        let isLastThere = isCounted || results[2].elements?.isEmpty == false
        let isAnother = place.current?.isAnother(info) ?? false
        if info.lastGenerated < last || isAnother,
            let gap = try await StreamRejoin(place: place, connection: connection, isReading: true).run()
        {
            await report(gap)
            return true
        }
        let (gap, isBegunAnew) =
            place.update(stream) { place in
                let unread = read.isWhole && entries.count < Self.batch ? entries.map(\.id) : nil
                return (place.check(info, isLastThere: isLastThere, unread: unread), place.id < last)
            } ?? (nil, false)
        if let gap { await report(gap) }
        if isBegunAnew { return true }
        if entries.isEmpty {
            place.update(stream) { $0.caughtUp(with: info) }
        } else {
            try await deliver(entries, of: stream)
        }
        place.update(stream) { $0.hasLooked() }
        return !entries.isEmpty
    }

    /// Sends commands as one transaction.
    private func atOnce(_ commands: [RedisCommand]) async throws -> [RESPValue] {
        let replies = try await connection.send([["MULTI"]] + commands + [["EXEC"]], limit: Self.limit)
        for reply in replies {
            guard case .error(let error) = reply else { continue }
            guard error.code == "OOM" else { throw StoreError.refused(error) }
            // A server that is out of memory takes no transactions, not even to read. It takes no new entries either;
            // the state of the stream is asked for first, so that entries removed meanwhile are missed the next time.
            return try await connection.send(commands.reversed(), limit: Self.limit).reversed()
        }
        guard let results = replies.last?.elements, results.count == commands.count else {
            throw StoreError.unexpectedReply("EXEC without results")
        }
        return results
    }

    /// Waits for entries and takes them as they come, until it is time to look again.
    ///
    /// Where entries are counted, there is no need to look after each: the next look tells if any between them was missed.
    private func take(timeout: TimeAmount) async throws {
        let start = NIODeadline.now()
        var timeout = timeout
        repeat {
            guard let (stream, last) = await place.next() else { return }
            let entries = try await entries(of: stream, after: last, timeout: timeout)
            guard !entries.isEmpty else { return }
            let came = NIODeadline.now()
            try await deliver(entries, of: stream)
            // What has come meanwhile may be trimmed away already.
            if NIODeadline.now() - came > Self.quickDelivery { return }
            timeout = Self.lookInterval
        } while place.isCounted && NIODeadline.now() - start < Self.lookInterval
    }

    /// The next entries; empty if none have come in time.
    private func entries(of stream: String, after last: StreamID, timeout: TimeAmount) async throws -> [StreamEntry] {
        let block = String(timeout.nanoseconds / 1_000_000)
        let command: RedisCommand = [
            "XREAD", "COUNT", String(Self.batch), "BLOCK", block, "STREAMS", stream, last.description,
        ]
        return try StreamEntries(try await connection.send([command], limit: Self.limit).first ?? .null).values
    }

    private func deliver(_ entries: [StreamEntry], of stream: String) async throws {
        var rest = entries[...]
        var areDocumentsCertain = false
        while true {
            let unread = place.update(stream) { $0.unread(rest) } ?? Array(rest)
            let taken =
                unread.isEmpty
                ? 0
                : await follower.gate.run { [areDocumentsCertain] in
                    await follower.delegate.entries(unread, of: stream, areDocumentsCertain: areDocumentsCertain)
                }
            guard taken < unread.count else { break }
            let waiting = unread[taken].id
            let passed = rest.prefix { $0.id < waiting }
            // Whatever becomes of the connections, these have been delivered.
            place.update(stream) { $0.advance(passed) }
            rest = rest.dropFirst(passed.count)
            areDocumentsCertain = try await fence.pass(stream) || place.stream != stream
        }
        place.update(stream) { $0.advance(rest) }
    }

    /// The image is read again, as it may say what the missing entries did.
    private func report(_ gap: StreamGap) async {
        follower.delivered.withLockedValue { $0.forget() }
        mailbox.note { $0.everything = true }
        await follower.gate.run { await follower.delegate.gap(gap) }
    }

    private func report(_ error: RedisError, stream: String) async {
        await follower.gate.run { await follower.delegate.inputStreamRefused(stream, error) }
    }
}
