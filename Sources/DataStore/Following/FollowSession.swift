import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Following the store over one set of connections.
struct FollowSession: Sendable {
    /// Where the server publishes the names of changed keys (`CLIENT TRACKING ... REDIRECT`).
    static let channel = "__redis__:invalidate"
    /// Keys read in one go.
    private static let chunk = 500
    /// Entries read in one go.
    private static let batch = 1000

    let follower: StoreFollower
    let commands: RedisConnection
    let reader: RedisConnection
    let reports: RedisConnection
    let mailbox: ChangeMailbox
    private let progress = StreamProgress()

    init(
        follower: StoreFollower, commands: RedisConnection, reader: RedisConnection, reports: RedisConnection,
        mailbox: ChangeMailbox
    ) {
        self.follower = follower
        self.commands = commands
        self.reader = reader
        self.reports = reports
        self.mailbox = mailbox
    }

    private var delegate: any StoreFollowerDelegate { follower.delegate }

    /// Asks the server to report changed keys; false if it refuses.
    func track() async throws -> Bool {
        guard case .integer(let id) = try await reports.send([["CLIENT", "ID"]]).first else { return false }
        let replies = try await reports.send([["SUBSCRIBE", Self.channel]])
        if case .error = replies.first { return false }
        let reply = try await commands.send([
            [
                "CLIENT", "TRACKING", "ON", "REDIRECT", String(id), "BCAST", "PREFIX", PointKey.prefix, "PREFIX",
                follower.keys.configuration, "PREFIX", follower.keys.mapping,
            ]
        ])
        if case .error = reply.first { return false }
        return true
    }

    /// Follows until a connection fails or the task is cancelled.
    func run(isTracking: Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keepAlive() }
            if !isTracking { group.addTask { try await poll() } }
            let plan = try await readDocuments()
            if let plan { try await beginStream(plan.inputStream) }
            group.addTask { try await readStream() }
            group.addTask { try await followChanges(from: plan) }
            defer { group.cancelAll() }
            try await withTaskCancellationHandler {
                try await group.next()
            } onCancel: {
                for connection in [commands, reader, reports] { connection.abandon() }
            }
        }
    }

    /// A dead connection that nothing is asked of would never be noticed.
    private func keepAlive() async throws {
        while true {
            try await Task.sleep(nanoseconds: UInt64(follower.configuration.stallTimeout.nanoseconds / 2))
            _ = try await commands.send([["PING"]])
            _ = try await reports.send([["PING"]])
        }
    }

    private func poll() async throws {
        while true {
            try await Task.sleep(nanoseconds: UInt64(follower.configuration.pollInterval.nanoseconds))
            mailbox.note {
                $0.documents = true
                $0.everything = true
            }
        }
    }

    // MARK: Documents and image

    private func followChanges(from first: FollowPlan?) async throws {
        var plan = first
        if let plan {
            try await load(plan)
            await follower.gate.run { await delegate.snapshotCompleted() }
        }
        while !Task.isCancelled { try await handleChanges(&plan) }
    }

    private func readDocuments() async throws -> FollowPlan? {
        let replies = try await commands.send([["GET", follower.keys.configuration], ["GET", follower.keys.mapping]])
        guard replies.count == 2 else { throw StoreError.unexpectedReply("\(replies.count) replies to 2 commands") }
        let (configuration, mapping) = (replies[0].document, replies[1].document)
        return await follower.gate.run {
            await delegate.documentsChanged(configuration: configuration, mapping: mapping)
        }
    }

    private func handleChanges(_ plan: inout FollowPlan?) async throws {
        let changes = await mailbox.take()
        if changes.documents {
            let before = plan
            plan = try await readDocuments()
            if let plan, plan.inputStream != before?.inputStream { try await switchStream(plan.inputStream) }
            if let plan, plan != before {
                try await load(plan, since: before)
                await follower.gate.run { await delegate.snapshotCompleted() }
            }
        }
        guard let plan else { return }
        if changes.everything {
            try await load(plan)
        } else if !changes.keys.isEmpty {
            let keys = changes.keys.filter { plan.follows($0) }
            if plan.points == .all { follower.knownKeys.withLockedValue { $0.formUnion(keys) } }
            try await read(keys)
        }
    }

    /// Reads the keys that `plan` follows and `before` didn't.
    private func load(_ plan: FollowPlan, since before: FollowPlan? = nil) async throws {
        switch plan.points {
        case .only(let keys):
            var wanted = keys
            if case .only(let known)? = before?.points { wanted = keys.subtracting(known).union(plan.reload) }
            try await read(wanted)
        case .all:
            try await scan()
        }
    }

    /// Reads every image key there is, and those that were there before.
    private func scan() async throws {
        var vanished = follower.knownKeys.withLockedValue { $0 }
        var cursor = "0"
        repeat {
            let reply = try await commands.send(["SCAN", cursor, "MATCH", "process:image:casdu:*", "COUNT", "1000"])
            guard let parts = reply.elements, parts.count == 2, let next = parts[0].string else {
                throw StoreError.unexpectedReply("SCAN")
            }
            let found = Set((parts[1].elements ?? []).compactMap { $0.string.flatMap { PointKey(key: $0) } })
            try await read(found)
            vanished.subtract(found)
            follower.knownKeys.withLockedValue { $0.formUnion(found) }
            cursor = next
        } while cursor != "0"
        try await read(vanished)
        follower.knownKeys.withLockedValue { $0.subtract(vanished) }
    }

    /// Reads image keys and hands them on, after the stream entries that were there before them.
    private func read(_ keys: some Collection<PointKey>) async throws {
        var rest = Array(keys)[...]
        while !rest.isEmpty {
            let chunk = rest.prefix(Self.chunk)
            rest = rest.dropFirst(Self.chunk)
            let reads = try await ImageReader(commands: commands).read(Array(chunk))
            if let name = follower.place.withLockedValue({ $0?.name }) {
                await progress.wait(for: try await lastID(of: name), on: follower.eventLoop)
            }
            await follower.gate.run { await delegate.image(reads) }
        }
    }

    // MARK: Input stream

    /// The id of the newest entry there is.
    private func lastID(of stream: String) async throws -> StreamID {
        let reply = try await commands.send([["XREVRANGE", stream, "+", "-", "COUNT", "1"]]).first
        return reply?.elements?.first.flatMap { StreamEntry($0) }?.id ?? .zero
    }

    /// Settles where reading begins: at the end of a stream that wasn't read before, else where it stood.
    private func beginStream(_ name: String) async throws {
        let info = try await StreamInfo(commands: commands, stream: name)
        let remembered = follower.place.withLockedValue { $0?.name == name ? $0?.id : nil }
        var start = remembered ?? info.lastGenerated
        if let remembered {
            if info.lastGenerated < remembered {
                start = .zero
                await report(StreamGap(stream: name, after: remembered, first: info.first, isRestarted: true))
            } else if let first = info.first, first > remembered, remembered != .zero,
                try await isMissing(remembered, in: name)
            {
                await report(StreamGap(stream: name, after: remembered, first: first, isRestarted: false))
            }
        }
        follower.place.withLockedValue { $0 = .init(name: name, id: start) }
        progress.reached(start)
    }

    private func report(_ gap: StreamGap) async {
        await follower.gate.run { await delegate.gap(gap) }
    }

    private func isMissing(_ id: StreamID, in stream: String) async throws -> Bool {
        let reply = try await commands.send(["XRANGE", stream, id.description, id.description])
        return reply.elements?.isEmpty ?? true
    }

    /// Follows another stream from its end on.
    private func switchStream(_ name: String) async throws {
        try await beginStream(name)
        // The reader may wait for the stream that was: it is woken up and finds the other one.
        if let id = follower.readerID.withLockedValue({ $0 }) {
            _ = try await commands.send([["CLIENT", "UNBLOCK", String(id)]])
        }
    }

    private func readStream() async throws {
        if case .integer(let id)? = try await reader.send([["CLIENT", "ID"]]).first {
            follower.readerID.withLockedValue { $0 = id }
        }
        let block = String(max(follower.configuration.stallTimeout.nanoseconds / 2_000_000, 100))
        while !Task.isCancelled {
            guard let place = follower.place.withLockedValue({ $0 }) else {
                // Nothing to follow yet: the documents will say.
                try await Task.sleep(nanoseconds: 100_000_000)
                continue
            }
            let reply = try await reader.send([
                "XREAD", "COUNT", String(Self.batch), "BLOCK", block, "STREAMS", place.name, place.id.description,
            ])
            guard let streams = reply.elements else { continue }
            let entries = streams.first?.elements?.last?.elements?.compactMap { StreamEntry($0) } ?? []
            guard let last = entries.last?.id else { continue }
            await follower.gate.run { await delegate.entries(entries) }
            follower.place.withLockedValue { current in
                if current?.name == place.name { current?.id = last }
            }
            progress.reached(last)
        }
    }
}

extension RESPValue {
    /// The text of a document key; a key of another type counts as empty text, which no document is.
    fileprivate var document: ByteBuffer? {
        switch self {
        case .bulk(let octets): octets
        case .error: ByteBuffer()
        default: nil
        }
    }
}
