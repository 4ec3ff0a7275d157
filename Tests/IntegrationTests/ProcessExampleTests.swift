import Foundation
import TestBench
import Testing

/// The program that the README shows, just as it stands there.
@Suite("The README's process", .enabled(if: Peer.isThere, "the peer isn't installed: make peer"))
struct ProcessExampleTests {
    private static let mapping = """
        { "points": [ { "casdu": 1, "ioa": 5046, "type": 46, "confirmation": "process" } ] }
        """

    /// A double command, on or off.
    private static func command(isOn: Bool) -> CommandingPeer.Command {
        CommandingPeer.Command(ioa: 5046, type: 46, value: .number(isOn ? 2 : 1))
    }

    /// Runs `body` with a connector, and with the program as a user with the rights that the README gives.
    private func run(_ body: (ConnectorFixture, _ start: () async throws -> ChildProcess) async throws -> Void)
        async throws
    {
        let folder = try TemporaryFolder("process")
        let path = folder.path + "/process.py"
        try Repository.readmeBlock("python").write(toFile: path, atomically: true, encoding: .utf8)
        try await ConnectorFixture.with(
            mapping: Self.mapping,
            prepare: { redis in
                for rule in try ReadmeRules.commands(password: "sesame", id: ConnectorFixture.id) {
                    try await redis.send(rule)
                }
            }
        ) { fixture in
            let store = fixture.redis.configuration.endpoint
            try await body(fixture) {
                let process = try ChildProcess(
                    Peer.python,
                    [path, "redis://process:sesame@\(store.host):\(store.port)", ConnectorFixture.id])
                try await eventually("it waits for commands") {
                    guard process.status == nil else { throw BenchError(process.tail()) }
                    return try await fixture.waitingProcessAge() != nil
                }
                return process
            }
        }
    }

    @Test("a command is carried out, confirmed and terminated; one that isn't permitted is refused")
    func carriedOut() async throws {
        try await run { fixture, start in
            let process = try await start()
            let done = try await CommandingPeer.send([Self.command(isOn: true)], to: fixture.host).first
            #expect(done?.success == true && done?.answers == [.confirmed, .terminated])
            try await fixture.redis.send(["SET", "plant:locked", "by hand"])
            let refused = try await CommandingPeer.send([Self.command(isOn: false)], to: fixture.host).first
            #expect(refused?.success == false && refused?.answers == [.refused])
            // Longer than its client waits for an answer of the store.
            try await eventually("it waits for more") {
                guard process.status == nil else { throw BenchError(process.tail()) }
                return try await fixture.waitingProcessAge() ?? 0 >= 7
            }
            await process.kill()
            #expect(process.lines.map(\.text) == ["carrying out 1 5046 2"])
            let errors = try await fixture.errors()
            #expect(errors == [])
        }
    }

    @Test("started again, it goes on where it was, and carries out nothing twice and nothing late")
    func startedAgain() async throws {
        try await run { fixture, start in
            let first = try await start()
            _ = try await CommandingPeer.send([Self.command(isOn: true)], to: fixture.host)
            await first.kill()
            // What comes while it is away: one that is too old when it is back, and one that is still in time.
            for (value, timestamp) in [(2, "2026-01-15T10:30:00.123Z"), (1, "2099-01-15T10:30:00.123Z")] {
                let entry = #"{"id":"a","casdu":1,"ioa":5046,"type":46,"value":\#(value),"timestamp":"\#(timestamp)"}"#
                try await fixture.redis.send(["XADD", "connectors:\(ConnectorFixture.id):output", "*", "data", entry])
            }
            let second = try await start()
            try await fixture.waitForError("unexpected-confirmation", "cause 10")
            let done = try await CommandingPeer.send([Self.command(isOn: true)], to: fixture.host).first
            #expect(done?.answers == [.confirmed, .terminated])
            await second.kill()
            #expect(second.lines.map(\.text) == ["carrying out 1 5046 1", "carrying out 1 5046 2"])
        }
    }
}

extension ConnectorFixture {
    /// For how many seconds the process has been connected; nil unless it waits for commands.
    fileprivate func waitingProcessAge() async throws -> Int? {
        let clients = try await redis.send(["CLIENT", "LIST"]).string?.split(separator: "\n") ?? []
        let client = clients.first { $0.contains(" user=process ") && $0.contains(" cmd=xread ") }
        return client?.split(separator: " ").first { $0.hasPrefix("age=") }.flatMap { Int($0.dropFirst(4)) }
    }
}
