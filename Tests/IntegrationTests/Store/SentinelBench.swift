import ControllingStation
import DataStore
import IEC104Model
import NIOPosix
import TestBench
import Testing

/// Three sentinels that watch a primary with a replica.
struct SentinelBench {
    static let name = "plant"

    let primary: ThrowawayRedis
    let replica: ThrowawayRedis
    let sentinels: [ThrowawaySentinel]
    /// The way by the sentinels.
    let store: StoreConfiguration
    /// The address that a connector on it listens on.
    let host: String

    static func with(password: String? = nil, _ body: (SentinelBench) async throws -> Void) async throws {
        try await withThrowawayRedis(.init(password: password)) { primary in
            if let password { try await primary.send(["CONFIG", "SET", "masterauth", password]) }
            try await primary.send(["CONFIG", "SET", "replica-announce-ip", primary.host])
            let replica = try await ThrowawayRedis.start(replicating: primary)
            var sentinels: [ThrowawaySentinel] = []
            for _ in 0..<3 {
                sentinels.append(
                    try await ThrowawaySentinel.start(name: name, primary: primary.configuration, quorum: 2))
            }
            var store = StoreConfiguration()
            (store.sentinels, store.primaryName) = (sentinels.map(\.endpoint), name)
            store.password = primary.configuration.password
            let bench = SentinelBench(
                primary: primary, replica: replica, sentinels: sentinels, store: store, host: LoopbackAddress.next())
            do {
                try await bench.waitUntilWatched()
                try await ConnectorFixture.writeDocuments(to: primary, host: bench.host)
                try await body(bench)
            } catch {
                await bench.end()
                throw error
            }
            await bench.end()
        }
    }

    private func end() async {
        for sentinel in sentinels { await sentinel.kill() }
        await replica.kill()
    }

    /// Sentinels know the others and the replica only after a while, and fail over only then.
    private func waitUntilWatched() async throws {
        for sentinel in sentinels {
            try await eventually("\(sentinel.endpoint) knows the others", within: .seconds(60)) {
                let (replicas, others) = (
                    try await sentinel.send(["SENTINEL", "REPLICAS", Self.name]),
                    try await sentinel.send(["SENTINEL", "SENTINELS", Self.name])
                )
                let isUsable = replicas.elements?.first?.elements?.contains { $0.string == "slave" } == true
                return isUsable && others.elements?.count == 2
            }
        }
    }

    /// Runs `body` with a connector that goes by the sentinels.
    func run(_ body: (ConnectorFixture) async throws -> Void) async throws {
        try await ConnectorFixture.run(primary, host: host, store: store, body)
    }

    /// What is in the stream of the new primary, and what the master got.
    struct Outcome {
        let stored: [Int]
        let received: [Int]
    }

    /// Adds numbered events to whichever server is the primary, and collects what the master gets.
    ///
    /// - Parameter at: called before each number.
    func write(to master: TestMaster, _ count: Int, at: (Int) async throws -> Void) async throws -> Outcome {
        var connection: RedisConnection?
        for number in 0...count {
            if number < count { try await at(number) }
            // The last one ends the test and comes when all is settled.
            if number == count {
                try await eventually("the replica is the primary", within: .seconds(60)) {
                    try await replica.send(["ROLE"]).elements?.first?.string == "master"
                }
            }
            // Repeated after a failure: the stream may get it twice then, and the master too.
            try await eventually("\(number) is written", within: .seconds(60), every: .milliseconds(50)) {
                do {
                    if connection == nil {
                        connection = try await RedisConnection.connect(
                            store, on: .singletonMultiThreadedEventLoopGroup.any())
                    }
                    _ = try await connection?.send([
                        "XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)",
                    ])
                    return true
                } catch {
                    await connection?.close()
                    connection = nil
                    throw error
                }
            }
        }
        await connection?.close()
        var received: [Int] = []
        while received.last != count { received += try await master.numbers(1, within: .seconds(60)) }
        let entries = try await replica.send(["XRANGE", "process:updates", "-", "+"]).elements ?? []
        let stored = entries.compactMap { entry in
            entry.elements?.last?.elements?.last?.string.flatMap { Int($0) }
        }
        return Outcome(stored: stored, received: received)
    }

    /// What the new primary has was received once and in order; health is written there.
    func check(_ fixture: ConnectorFixture, _ outcome: Outcome) async throws {
        let kept = Set(outcome.stored)
        #expect(outcome.received.filter { kept.contains($0) } == outcome.stored)
        // Replication lags behind: what the old primary was given until it learned of its demotion may be gone.
        #expect(outcome.stored.count > 200)
        try await eventually("health is written to the new primary") {
            let fields = try await replica.send(["HMGET", ConnectorFixture.keys.health, "state", "reconnects"])
            return fields.elements?.compactMap(\.string).first == "Running"
                && fields.elements?.last?.string.flatMap { Int($0) } ?? 0 > 0
        }
        try await fixture.waitForLog("store connected", "\(replica.host):\(replica.port), plant by sentinels")
        #expect(fixture.attempts < 30)
    }
}
