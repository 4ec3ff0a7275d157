import NIOConcurrencyHelpers
import NIOCore

/// Following the store over one set of connections.
struct FollowSession: Sendable {
    /// Where the server publishes the names of changed keys (`CLIENT TRACKING ... REDIRECT`).
    static let channel = "__redis__:invalidate"

    let follower: StoreFollower
    /// Who the server was when the connections were made.
    let identity: ServerIdentity
    let commands: RedisConnection
    let reader: RedisConnection
    let reports: RedisConnection
    let mailbox: ChangeMailbox
    /// Whether other databases of the server have been seen to hold keys.
    let isServerShared = NIOLockedValueBox(false)

    var fence: DocumentFence { DocumentFence(reports: reports, mailbox: mailbox, place: follower.place) }
    var delegate: any StoreFollowerDelegate { follower.delegate }

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
        try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer {
                    // Whoever waits for an answer gets an error now instead of one, else the group couldn't end.
                    abandon()
                    group.cancelAll()
                }
                for connection in [commands, reader, reports] {
                    group.addTask { throw await connection.closed() }
                }
                group.addTask { try await keepAlive() }
                if !isTracking { group.addTask { try await poll() } }
                try await rejoinStream()
                // On the loop of its connection, so that an entry on its way to the station isn't handed from thread to
                // thread: that would take longer than all that is done with it.
                group.addTask(executorPreference: EventLoopTaskExecutor(follower.streamLoop)) {
                    try await InputStreamReader(
                        follower: follower, connection: reader, mailbox: mailbox, fence: fence
                    ).run()
                }
                group.addTask { try await followChanges() }
                try await group.next()
            }
        } onCancel: {
            abandon()
        }
    }

    private func abandon() {
        for connection in [commands, reader, reports] { connection.abandon() }
    }

    /// A dead connection that nothing is asked of would never be noticed, nor would a server that isn't the primary any
    /// more but lives on.
    private func keepAlive() async throws {
        while true {
            try await Task.sleep(nanoseconds: UInt64(follower.configuration.stallTimeout.nanoseconds / 2))
            _ = try await commands.send([["PING"]])
            _ = try await reports.send([["PING"]])
            try await ServerWatch(session: self).check()
        }
    }

    private func poll() async throws {
        while true {
            try await Task.sleep(nanoseconds: UInt64(follower.configuration.pollInterval.nanoseconds))
            mailbox.note {
                $0.isPolled = true
                $0.everything = true
            }
        }
    }
}
