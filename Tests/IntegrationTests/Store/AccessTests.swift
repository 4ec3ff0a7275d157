import ControllingStation
import DataStore
import Foundation
import IEC104Model
import TestBench
import Testing

@Suite("Getting into the store")
struct AccessTests {
    @Test("a password that is changed under it keeps it out, quietly, until it is the right one again")
    func passwordChanged() async throws {
        try await ConnectorFixture.with(options: ThrowawayRedis.Options(password: "sesame-1")) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.redis.send(["CONFIG", "SET", "requirepass", "sesame-2"])
            try await fixture.redis.send(["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"])
            try await fixture.waitForLog("store out of reach", "WRONGPASS")
            try await fixture.add(0..<50)
            let before = try await fixture.redis.connectionsReceived()
            try await eventually("it tries several times") { fixture.attempts >= 5 }
            let attempts = (fixture.attempts, try await fixture.redis.connectionsReceived() - before)
            #expect(attempts.0 < 10 && attempts.1 < 10, "\(attempts)")
            try await fixture.redis.send(["CONFIG", "SET", "requirepass", "sesame-1"])
            let values = try await master.numbers(50)
            #expect(values == Array(0..<50))
            try await fixture.waitForError("store-lost", "WRONGPASS")
            try await eventually("it is running") { try await fixture.health("state") == "Running" }
            #expect(!fixture.connector.lines.contains { $0.text.contains("sesame") })
        }
    }

    @Test("started with a wrong password, it begins once that is the right one")
    func wrongPasswordAtStart() async throws {
        try await withThrowawayRedis(.init(password: "sesame")) { redis in
            try await ConnectorFixture.writeDocuments(to: redis, host: LoopbackAddress.next())
            var store = redis.configuration
            store.password = Secret("tahini")
            let connector = try ConnectorProcess(id: ConnectorFixture.id, store: store)
            try await eventually("the log tells it") { connector.lines.contains { $0.text.contains("WRONGPASS") } }
            try await redis.send(["CONFIG", "SET", "requirepass", "tahini"])
            try await connector.waitUntilRunning()
            await connector.kill()
        }
    }

    @Test("a user with just the rights that the README gives can do everything, and loses and regains one at run time")
    func leastPrivilege() async throws {
        try await withThrowawayRedis { redis in
            for rule in try ReadmeRules.commands(password: "sesame", id: ConnectorFixture.id) {
                try await redis.send(rule)
            }
            let host = LoopbackAddress.next()
            var store = redis.configuration
            (store.user, store.password) = ("publisher", Secret("sesame"))
            let documents = try PublishedDocuments(
                host: host, mapping: ConnectorFixture.mapping(with: #"{ "casdu": 1, "ioa": 5045, "type": 45 }"#))
            let published = try await documents.publish(to: store)
            #expect(published.status == .exited(0), "\(published.text)")
            store.user = "connector"
            let refused = try await documents.publish(to: store)
            #expect(refused.status == .exited(1) && refused.text.contains("NOPERM"))
            try await ConnectorFixture.run(redis, host: host, store: store) { fixture in
                let master = try await fixture.startedMaster()
                try await fixture.redis.send(["HSET", "process:image:casdu:1:ioa:1602", "value", "0"])
                let image = try await master.numbers(1)
                #expect(image == [0])
                try await fixture.add(1..<5)
                let events = try await master.numbers(4)
                #expect(events == [1, 2, 3, 4])
                try await fixture.add(#"{"casdu":1}"#)
                try await fixture.waitForError("invalid-point")
                let answer = try await master.command(PointAddress(1, 5045), isOn: true)
                #expect(answer.identifier.cause == .activationConfirmation && !answer.identifier.isNegative)
                let commands = try await fixture.commands().map { $0["ioa"] }
                #expect(commands == [.number(5045)])
                // Without a mapping, keys are looked for.
                try await fixture.redis.send(["DEL", ConnectorFixture.keys.mapping])
                try await fixture.set(3, 1, #"{"type":13,"value":5}"#)
                let last = try await master.numbers(1)
                #expect(last == [5])
                let log = fixture.connector.lines.map(\.text).joined(separator: "\n")
                #expect(!log.contains("NOPERM") && !log.contains("polled") && fixture.attempts == 0)
                try await fixture.redis.send(["ACL", "SETUSER", "connector", "-xread"])
                try await fixture.add(#"{"casdu":1,"ioa":1602,"type":13,"value":6}"#)
                try await fixture.waitForLog("store out of reach", "NOPERM", "xread")
                try await fixture.redis.send(["ACL", "SETUSER", "connector", "+xread"])
                let rest = try await master.numbers(1)
                #expect(rest == [6])
            }
        }
    }

    @Test("database and UNIX socket: publish, connector and status go by them")
    func socketAndDatabase() async throws {
        let folder = try TemporaryFolder("socket")
        try await withThrowawayRedis(.init(arguments: ["--unixsocket", folder.path + "/redis"])) { redis in
            var store = redis.configuration
            (store.socketPath, store.database) = (folder.path + "/redis", 3)
            try await checkWholeLife(redis, store)
            let elsewhere = try await redis.send(["EXISTS", ConnectorFixture.keys.configuration])
            #expect(elsewhere == .integer(0))
        }
    }

    @Test("TLS with a client certificate: publish, connector and status go by it, and strangers aren't trusted")
    func tls() async throws {
        let files = try await TLSFiles()
        try await withThrowawayRedis(files.server) { redis in
            var store = redis.configuration
            (store.endpoint.port, store.tls) = (TLSFiles.port, files.client())
            try await checkWholeLife(redis, store)
            store.tls = files.client(trusting: "stranger")
            let stranger = try await Program.run(["status", "--id", "it", "redis"] + store.arguments)
            #expect(stranger.status == .exited(1) && stranger.text.contains("CERTIFICATE_VERIFY_FAILED"))
        }
    }

    /// Publishes, serves an event, and asks for the status, all by `store`.
    private func checkWholeLife(_ redis: ThrowawayRedis, _ store: StoreConfiguration) async throws {
        let host = LoopbackAddress.next()
        let published = try await PublishedDocuments(host: host).publish(to: store)
        #expect(published.status == .exited(0), "\(published.text)")
        try await ConnectorFixture.run(redis, host: host, store: store) { fixture in
            let master = try await fixture.startedMaster()
            try await redis.send([
                ["SELECT", "\(store.database)"], ["SET", "process:image:casdu:1:ioa:1602", #"{"value":1}"#],
                ["XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "2"], ["SELECT", "0"],
            ])
            let values = Set(try await master.numbers(2))
            #expect(values == [1, 2])
            let status = try await Program.run(["status", "--id", "it", "redis"] + store.arguments)
            #expect(status.status == .exited(0) && status.text.contains("Running"))
        }
    }
}

extension ThrowawayRedis {
    /// Connections that the server has taken since it was started.
    fileprivate func connectionsReceived() async throws -> Int {
        let lines = try await send(["INFO", "stats"]).string?.split(whereSeparator: \.isNewline) ?? []
        let line = lines.first { $0.hasPrefix("total_connections_received:") }
        return line?.split(separator: ":").last.flatMap { Int($0) } ?? 0
    }
}
