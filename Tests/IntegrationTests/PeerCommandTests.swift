import Foundation
import TestBench
import Testing

/// Commands of a controlling station that shares no code with this project: c104, on lib60870-C.
@Suite("An independent controlling station commands", .enabled(if: Peer.isThere, "the peer isn't installed: make peer"))
struct PeerCommandTests {
    /// A command, and what the output stream has to say of it.
    struct Case: Sendable {
        let type: Int
        let value: JSONScalar
        var qualifier: Int?

        /// Types with time tag command the points of those without.
        var pointType: Int { type >= 58 ? type - 13 : type }
        /// The object address of the point for direct commands; that for selection is 100 above.
        var ioa: Int { 5000 + pointType }
    }

    /// Every type that is served, with values that show each part of the encoding.
    static let cases = [
        Case(type: 45, value: .bool(true), qualifier: 1), Case(type: 58, value: .bool(false), qualifier: 0),
        Case(type: 46, value: .number(2), qualifier: 2), Case(type: 59, value: .number(1), qualifier: 3),
        Case(type: 47, value: .number(1), qualifier: 3), Case(type: 60, value: .number(2), qualifier: 1),
        Case(type: 48, value: .number(-0.5), qualifier: 0), Case(type: 61, value: .number(0.25), qualifier: 0),
        Case(type: 49, value: .number(-32768), qualifier: 0), Case(type: 62, value: .number(32767), qualifier: 0),
        Case(type: 50, value: .number(0.1), qualifier: 0), Case(type: 63, value: .number(-1.5e10), qualifier: 0),
        Case(type: 51, value: .number(4_294_967_295)), Case(type: 64, value: .number(305_419_896)),
    ]

    static let mapping: String = {
        let direct = (45...51).map { #"{ "casdu": 1, "ioa": \#(5000 + $0), "type": \#($0) }"# }
        let selected = (45...50).map {
            #"{ "casdu": 1, "ioa": \#(5100 + $0), "type": \#($0), "selectBeforeOperate": true }"#
        }
        let limited = [#"{ "casdu": 1, "ioa": 5250, "type": 50, "min": -10.5, "max": 10.5 }"#]
        return "{ \"points\": [ \((direct + selected + limited).joined(separator: ", ")) ] }"
    }()

    /// A single command to the point for direct ones.
    static let single = CommandingPeer.Command(ioa: 5045, type: 45, value: .bool(true))

    private func run<Result: Sendable>(
        _ options: ThrowawayRedis.Options = ThrowawayRedis.Options(),
        _ body: (ConnectorFixture) async throws -> Result
    ) async throws -> Result {
        try await ConnectorFixture.with(
            options: options, mapping: Self.mapping, configuration: { Self.configuration(host: $0) }, body)
    }

    /// - Parameter commands: further fields of `commands`.
    private static func configuration(host: String, _ commands: String = "") -> String {
        ConnectorFixture.configuration(host: host, #", "commands": { "timeout": 3\#(commands) }"#)
    }

    @Test("every type, direct: confirmed and terminated, with value, qualifier, originator and time in the stream")
    func direct() async throws {
        try await run { fixture in
            try await check(Self.cases, isSelected: false, fixture)
        }
    }

    @Test("every type but bitstrings, by selection: both steps confirmed, the execution alone in the stream")
    func selected() async throws {
        try await run { fixture in
            try await check(Self.cases.filter { $0.pointType != 51 }, isSelected: true, fixture)
        }
    }

    private func check(_ cases: [Case], isSelected: Bool, _ fixture: ConnectorFixture) async throws {
        let before = Self.now()
        let commands = cases.map { one in
            CommandingPeer.Command(
                ioa: one.ioa + (isSelected ? 100 : 0), type: one.type, value: one.value, qualifier: one.qualifier,
                select: isSelected, time_ms: one.type >= 58 ? before : nil)
        }
        let verdicts = try await CommandingPeer.send(commands, to: fixture.host, originator: 7)
        let after = Self.now()
        let entries = try await fixture.commands()
        #expect(entries.count == commands.count)
        #expect(Set(entries.compactMap { $0["id"]?.text }).count == commands.count)
        for (command, (verdict, entry)) in zip(commands, zip(verdicts, entries)) {
            #expect(
                verdict
                    == CommandingPeer.Verdict(
                        ioa: command.ioa, type: command.type, success: true,
                        answers: isSelected ? [.confirmed, .confirmed, .terminated] : [.confirmed, .terminated]))
            let timestamp = try Self.milliseconds(entry["timestamp"])
            #expect((before...after).contains(timestamp))
            let timeTag = try entry["timeTag"].map { try Self.milliseconds($0) }
            #expect(timeTag == command.time_ms)
            var others = entry
            for name in ["id", "timestamp", "timeTag"] { others[name] = nil }
            #expect(
                others == [
                    "casdu": .number(1), "ioa": .number(Double(command.ioa)), "type": .number(Double(command.type)),
                    "value": command.value, "qualifier": .number(Double(command.qualifier ?? 0)),
                    "select": .bool(false), "cot": .number(6), "originator": .number(7), "client": .text("127.0.0.1"),
                ])
        }
    }

    /// What is refused by what it says, and the cause of the answer.
    private static let refusals: [(CommandingPeer.Command, cot: Int)] = [
        // Not selected, out of range, reserved qualifiers, a forbidden state, too old, unknown.
        (CommandingPeer.Command(ioa: 5145, type: 45, value: .bool(true)), 7),
        (CommandingPeer.Command(ioa: 5250, type: 50, value: .number(10.75)), 7),
        (CommandingPeer.Command(ioa: 5250, type: 63, value: .number(-11)), 7),
        (CommandingPeer.Command(ioa: 5045, type: 45, value: .bool(true), qualifier: 9), 7),
        (CommandingPeer.Command(ioa: 5049, type: 49, value: .number(1), qualifier: 1), 7),
        (CommandingPeer.Command(ioa: 5046, type: 46, value: .number(3)), 7),
        (CommandingPeer.Command(ioa: 5045, type: 58, value: .bool(true), time_ms: 1_768_473_000_123), 7),
        (CommandingPeer.Command(ioa: 5999, type: 45, value: .bool(true)), 47),
        (CommandingPeer.Command(ioa: 5045, type: 46, value: .number(2)), 47),
    ]

    @Test("what isn't selected, out of range, reserved, too old or unknown is refused, and nothing is in the stream")
    func refused() async throws {
        try await run { fixture in
            let verdicts = try await CommandingPeer.send(Self.refusals.map(\.0), to: fixture.host)
            for ((command, cot), verdict) in zip(Self.refusals, verdicts) {
                #expect(
                    verdict
                        == CommandingPeer.Verdict(
                            ioa: command.ioa, type: command.type, success: false,
                            answers: [CommandingPeer.Answer(cot: cot, negative: true)]))
            }
            // The limits themselves are within.
            let limits = [-10.5, 10.5].map {
                CommandingPeer.Command(ioa: 5250, type: 50, value: .number($0))
            }
            let taken = try await CommandingPeer.send(limits, to: fixture.host).map(\.success)
            #expect(taken == [true, true])
            let values = try await fixture.commands().map { $0["value"] }
            #expect(values == [.number(-10.5), .number(10.5)])
            try await eventually("health counts them") {
                try await fixture.health("commandsRefused") == String(Self.refusals.count)
            }
        }
    }

    @Test("commands.enabled and commands.allow refuse it as long as they say so, without a restart")
    func notAllowed() async throws {
        try await run { fixture in
            for change in [#", "enabled": false"#, #", "allow": ["127.99.0.0/16"]"#] {
                try await set(Self.configuration(host: fixture.host, change), fixture)
                let refused = try await eventually("it is refused") { () async throws -> CommandingPeer.Verdict? in
                    let verdict = try await CommandingPeer.send([Self.single], to: fixture.host).first
                    return verdict?.success == false ? verdict : nil
                }
                #expect(refused.answers == [.refused])
                let count = try await fixture.commands().count
                try await set(Self.configuration(host: fixture.host), fixture)
                try await eventually("it is taken again") {
                    try await CommandingPeer.send([Self.single], to: fixture.host).first?.success == true
                }
                let after = try await fixture.commands().count
                #expect(after == count + 1)
            }
        }
    }

    private func set(_ configuration: String, _ fixture: ConnectorFixture) async throws {
        try await fixture.redis.send(["SET", ConnectorFixture.keys.configuration, configuration])
    }

    @Test("with the store gone it is refused, not left without an answer, and never carried out later")
    func storeGone() async throws {
        try await run(.init(isPersistent: true)) { fixture in
            let first = try await CommandingPeer.send([Self.single], to: fixture.host).first
            #expect(first?.answers == [.confirmed, .terminated])
            await fixture.redis.kill()
            let refused = try await CommandingPeer.send([Self.single], to: fixture.host).first
            #expect(refused?.success == false && refused?.answers == [.refused])
            try await fixture.redis.restart()
            try await eventually("it is taken again") {
                try await CommandingPeer.send([Self.single], to: fixture.host).first?.success == true
            }
            let count = try await fixture.commands().count
            #expect(count == 2)
        }
    }

    private static func now() -> Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }

    /// The moment of a field that holds ISO 8601.
    private static func milliseconds(_ field: JSONScalar?) throws -> Int64 {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let date = try format.parse(try #require(field?.text))
        return Int64((date.timeIntervalSince1970 * 1000).rounded())
    }
}

extension ConnectorFixture {
    /// The documents of the output stream, oldest first.
    func commands() async throws -> [[String: JSONScalar]] {
        let entries = try await redis.send(["XRANGE", "connectors:\(Self.id):output", "-", "+"]).elements ?? []
        return try entries.map { entry in
            let fields = entry.elements?.last?.elements?.compactMap(\.string) ?? []
            guard fields.count == 2, fields[0] == "data" else { throw BenchError("not one field data: \(fields)") }
            return try JSONDecoder().decode([String: JSONScalar].self, from: Data(fields[1].utf8))
        }
    }
}
