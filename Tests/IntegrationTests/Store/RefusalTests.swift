import ControllingStation
import DataStore
import Foundation
import IEC104Model
import TestBench
import Testing

@Suite("The store is there but refuses")
struct RefusalTests {
    /// A reason for which a server takes nothing that is written to it.
    enum Reason: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case outOfMemory = "OOM"
        case noReplicas = "NOREPLICAS"
        case diskFull = "MISCONF"

        var testDescription: String { rawValue }

        func begin(_ redis: ThrowawayRedis) async throws {
            switch self {
            case .outOfMemory: try await redis.send(["CONFIG", "SET", "maxmemory", "1"])
            case .noReplicas: try await redis.send(["CONFIG", "SET", "min-replicas-to-write", "1"])
            case .diskFull:
                try await redis.send(["CONFIG", "SET", "save", "3600 1000000"])
                try FileManager.default.removeItem(atPath: redis.folder.path)
                try await redis.send(["BGSAVE"])
                try await eventually("saving has failed") {
                    try await redis.send(["INFO", "persistence"]).string?.contains("rdb_last_bgsave_status:err") == true
                }
            }
        }

        func end(_ redis: ThrowawayRedis) async throws {
            switch self {
            case .outOfMemory: try await redis.send(["CONFIG", "SET", "maxmemory", "0"])
            case .noReplicas: try await redis.send(["CONFIG", "SET", "min-replicas-to-write", "0"])
            case .diskFull: try await redis.send(["CONFIG", "SET", "stop-writes-on-bgsave-error", "no"])
            }
        }
    }

    @Test(
        "to be written: reading goes on, also over a new connection, and the refusal is told",
        arguments: Reason.allCases)
    func unwritable(reason: Reason) async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add(0..<5)
            try await reason.begin(fixture.redis)
            // Makes it read, and wakes up health.
            try await fixture.redis.send(["CLIENT", "KILL", "TYPE", "pubsub"])
            let second = try await fixture.startedMaster()
            try await fixture.waitForLog("store-unwritable", reason.rawValue)
            let answer = try await second.connection.interrogate(commonAddress: 1)
            let received = try await master.numbers(5)
            #expect(received == Array(0..<5) && answer.points.count == 14)
            let attempts = fixture.attempts
            #expect((1...3).contains(attempts), "\(attempts) attempts for one lost connection")
            try await reason.end(fixture.redis)
            try await fixture.add(5..<10)
            let rest = try await master.numbers(5)
            #expect(rest == Array(5..<10))
            try await fixture.waitForError("store-unwritable", reason.rawValue)
            try await fixture.waitForLog("the store can be written again")
            try await eventually("health has nothing to tell") { try await fixture.health("message") == "" }
            let state = try await fixture.health("state")
            #expect(state == "Running")
            #expect(fixture.attempts == attempts)
        }
    }

    @Test("READONLY: a server that was demoted is read on as a replica, and written when it is promoted again")
    func demoted() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let other = try await ThrowawayRedis.start(replicating: fixture.redis)
            try await fixture.add(0..<5)
            try await eventually("they have been replicated") {
                try await other.send(["XLEN", "process:updates"]) == .integer(5)
            }
            try await other.send(["REPLICAOF", "NO", "ONE"])
            try await fixture.redis.send(["REPLICAOF", other.host, String(other.port)])
            for number in 5..<10 {
                try await other.send([
                    "XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)",
                ])
            }
            let values = try await master.numbers(10)
            #expect(values == Array(0..<10))
            try await fixture.waitForLog("store-unwritable", "READONLY")
            try await fixture.redis.send(["REPLICAOF", "NO", "ONE"])
            try await fixture.waitForError("store-unwritable", "READONLY")
            try await fixture.add(10..<15)
            let rest = try await master.numbers(5)
            #expect(rest == Array(10..<15))
            #expect(fixture.attempts < 8)
            await other.kill()
        }
    }

    @Test("MASTERDOWN: a replica that has lost its primary and serves nothing old is waited for")
    func primaryDown() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let primary = try await ThrowawayRedis.start()
            try await ConnectorFixture.writeDocuments(to: primary, host: fixture.host)
            try await fixture.redis.send(["CONFIG", "SET", "replica-serve-stale-data", "no"])
            try await fixture.redis.send(["REPLICAOF", primary.host, String(primary.port)])
            try await eventually("it replicates") {
                try await fixture.redis.send(["INFO", "replication"]).string?.contains("master_link_status:up") == true
            }
            await primary.kill()
            try await fixture.waitForLog("store out of reach", "MASTERDOWN")
            try await eventually("it tries several times") { fixture.attempts >= 4 }
            try await fixture.redis.send(["REPLICAOF", "NO", "ONE"])
            try await fixture.waitForError("store-lost", "MASTERDOWN")
            try await fixture.add(0..<5)
            try await eventually("it is running") { try await fixture.health("state") == "Running" }
            let values = try await master.numbers(5)
            #expect(values == Array(0..<5))
            #expect(fixture.attempts < 15)
        }
    }

    @Test("LOADING: a server that takes long to load is waited for, and all that it has loaded is sent once")
    func loading() async throws {
        // A delay for each key, in microseconds, of which nothing is seen until there are keys.
        let options = ThrowawayRedis.Options(
            isPersistent: true,
            arguments: ["--key-load-delay", "1000", "--loading-process-events-interval-bytes", "1024"])
        try await ConnectorFixture.with(options: options) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.redis.send((0..<3000).map { ["SET", "filler:\($0)", "x"] })
            try await fixture.add(0..<100)
            await fixture.redis.kill()
            try await fixture.redis.restart()
            try await fixture.add(100..<150)
            let values = try await master.numbers(150)
            #expect(values == Array(0..<150))
            try await fixture.waitForLog("store out of reach", "LOADING")
            try await fixture.waitForError("store-lost", "LOADING")
            #expect(fixture.attempts < 15, "some 3 s with growing pauses")
        }
    }

    @Test("MOVED: a cluster is named as what it is, tried at growing intervals, and left in peace otherwise")
    func cluster() async throws {
        let options = ThrowawayRedis.Options(arguments: ["--cluster-enabled", "yes", "--cluster-node-timeout", "1000"])
        try await withThrowawayRedis(options) { redis in
            let other = try await ThrowawayRedis.start(options)
            try await other.send(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"])
            try await redis.send(["CLUSTER", "MEET", other.host, String(other.port)])
            try await eventually("the cluster is known") { () async throws -> Bool in
                let reply = try await redis.send([["GET", ConnectorFixture.keys.configuration]]).first
                guard case .error(let error) = reply else { return false }
                return error.code == "MOVED"
            }
            let connector = try ConnectorProcess(id: ConnectorFixture.id, store: redis.configuration)
            try await eventually("the log says so, and several attempts follow") {
                connector.lines.contains {
                    $0.text.contains("MOVED") && $0.text.contains("a Redis Cluster can't be used")
                }
                    && connector.lines.count { $0.text.contains("tried again after a pause") } >= 4
            }
            let attempts = connector.lines.count { $0.text.contains("tried again after a pause") }
            #expect(attempts < 8)
            await other.kill()
            // On its own, with all slots, it is as good as any other server.
            try await redis.send(["CLUSTER", "RESET", "HARD"])
            try await redis.send(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"])
            try await eventually("the documents can be written") { () async throws -> Bool in
                // One by one: even a cluster of one server takes no two keys of different slots in one command.
                let configuration = ConnectorFixture.configuration(host: LoopbackAddress.next())
                try await redis.send(["SET", ConnectorFixture.keys.mapping, ConnectorFixture.mapping])
                try await redis.send(["SET", ConnectorFixture.keys.configuration, configuration])
                return true
            }
            try await connector.waitUntilRunning()
            await connector.kill()
        }
    }
}
