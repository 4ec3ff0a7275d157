import NIOCore
import Testing
import TestBench

@testable import DataStore

@Suite("Following a store that moves to another server")
struct FailoverTests {
    /// Follows a name that leads to a primary at first. `body` gets that, its replica, and what makes the name lead
    /// elsewhere.
    func withReplica(
        adjust: (inout StoreConfiguration) -> Void = { _ in },
        _ body: (_ primary: ThrowawayRedis, _ replica: ThrowawayRedis, TCPRelay, Recording) async throws -> Void
    ) async throws {
        try await withThrowawayRedis { primary in
            let replica = try await ThrowawayRedis.start(replicating: primary)
            let relay = try await TCPRelay.start(to: primary.configuration.endpoint)
            let recording = Recording()
            var configuration = primary.configuration
            configuration.endpoint = relay.endpoint
            do {
                try await following(configuration, recording, adjust: adjust) { _ in
                    try await eventually("the first snapshot is complete") { recording.snapshots > 0 }
                    try await body(primary, replica, relay, recording)
                }
            } catch {
                await relay.stop()
                await replica.kill()
                throw error
            }
            await relay.stop()
            await replica.kill()
        }
    }

    @Test("the three connections belong to one server, or none is used")
    func oneServer() async throws {
        try await withReplica { primary, replica, relay, recording in
            relay.lead(to: primary.configuration.endpoint, replica.configuration.endpoint)
            try await eventually("the difference is told") {
                recording.states.contains { "\($0)".contains("leads to different servers") }
            }
            relay.lead(to: replica.configuration.endpoint)
            let before = recording.snapshots
            try await eventually("it is followed again") { recording.snapshots > before }
            try await replica.send(["REPLICAOF", "NO", "ONE"])
            try await replica.add("1")
            try await eventually("the entry is in") { recording.data == ["1"] }
        }
    }

    @Test("entries that only the new primary has are delivered, though others with later ids have been")
    func diverged() async throws {
        try await withReplica { primary, replica, relay, recording in
            try await primary.add(1...3)
            try await eventually("they are in") { recording.data == ["1", "2", "3"] }
            try await replica.waitForEntries(3)
            try await replica.send(["REPLICAOF", "NO", "ONE"])
            // Both take entries for a while, as servers do on either side of a failover.
            let time = try await primary.milliseconds() + 1000
            for offset in [10, 20, 30] { try await primary.add("lost \(offset)", at: time + offset) }
            try await eventually("they are in") { recording.data.last == "lost 30" }
            for offset in [5, 15, 25, 35] { try await replica.add("kept \(offset)", at: time + offset) }
            relay.lead(to: replica.configuration.endpoint)
            try await eventually("the last entry is in") { recording.data.last == "kept 35" }
            #expect(
                recording.data == [
                    "1", "2", "3", "lost 10", "lost 20", "lost 30", "kept 5", "kept 15", "kept 25", "kept 35",
                ])
            #expect(recording.gaps.map(\.cause) == [.setBack])
            #expect(recording.gaps.first?.missing == 3)
        }
    }

    @Test("a new primary that lacks the newest entries is read on from what both have")
    func behind() async throws {
        try await withReplica { primary, replica, relay, recording in
            try await primary.add(1...300)
            try await replica.waitForEntries(300)
            try await replica.send(["REPLICAOF", "NO", "ONE"])
            try await primary.add(301...800)
            try await eventually("they are in") { recording.data.count == 800 }
            relay.lead(to: replica.configuration.endpoint)
            try await replica.add("next")
            try await eventually("the next entry is in") { recording.data.last == "next" }
            #expect(recording.data.count == 801)
            #expect(recording.gaps.map(\.missing) == [500])
            try await replica.send(["XTRIM", "process:updates", "MAXLEN", "1"])
            try await replica.add("last")
            try await eventually("the last entry is in") { recording.data.last == "last" }
            #expect(recording.gaps.count == 1, "what was trimmed had been read, or was never there")
        }
    }

    @Test("a replica is followed as long as its name leads to no primary, and left as soon as it does")
    func moved() async throws {
        try await withReplica(adjust: { $0.stallTimeout = .seconds(2) }) { primary, replica, relay, recording in
            try await replica.send(["REPLICAOF", "NO", "ONE"])
            let before = recording.snapshots
            try await primary.send(["REPLICAOF", replica.host, String(replica.port)])
            try await eventually("it is followed as a replica") { recording.snapshots > before }
            try await replica.add("1")
            try await eventually("the entry has come by replication") { recording.data == ["1"] }
            // Connections stay: the address has moved without anybody noticing.
            relay.lead(to: replica.configuration.endpoint, cutting: false)
            try await eventually("it is left") { recording.states.contains { "\($0)".contains("a primary, by now") } }
            try await eventually("the new primary is followed") { try await replica.blockedClients == 1 }
            try await replica.add("2")
            try await eventually("the entry is in") { recording.data == ["1", "2"] }
        }
    }

    @Test("a demotion is noticed although the server cuts no connection that doesn't wait for anything")
    func demoted() async throws {
        try await withReplica(adjust: { $0.stallTimeout = .seconds(2) }) { primary, replica, _, recording in
            try await primary.send(["SET", "process:updates", "no stream"])
            try await primary.send(["XADD", "other", "*", "data", "1"])
            try await eventually("nothing waits") { try await primary.blockedClients == 0 }
            try await primary.send(["REPLICAOF", replica.host, String(replica.port)])
            try await eventually("it is told") {
                recording.states.contains { "\($0)".contains("is no primary any more") }
            }
        }
    }
}

extension ThrowawayRedis {
    /// The server's clock.
    fileprivate func milliseconds() async throws -> Int {
        let parts = try await send(["TIME"]).elements?.compactMap { $0.string.flatMap { Int($0) } } ?? []
        guard parts.count == 2 else { throw BenchError("no TIME") }
        return parts[0] * 1000 + parts[1] / 1000
    }

    fileprivate func add(_ data: String, at milliseconds: Int) async throws {
        try await send(["XADD", "process:updates", "\(milliseconds)-0", "data", data])
    }

    fileprivate func waitForEntries(_ count: Int64) async throws {
        try await eventually("\(count) entries have been replicated") {
            try await send(["XLEN", "process:updates"]) == .integer(count)
        }
    }
}
