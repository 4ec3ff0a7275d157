import ControllingStation
import DataStore
import IEC104Link
import IEC104Model
import NIOCore
import TestBench
import Testing

@Suite("Much at once, and values that are far too long")
struct VolumeTests {
    /// Octets of the longest value that Redis takes.
    private static let longest = 512 << 20

    /// The store with room for what the connector is to refuse, which is slow to write where every write is synced.
    private static let options = ThrowawayRedis.Options(arguments: ["--appendonly", "no"])

    private static func mapping(_ objects: ClosedRange<Int>) -> String {
        let points = objects.map { #"{"casdu":1,"ioa":\#($0),"type":13}"# }
        return #"{"points":[\#(points.joined(separator: ","))]}"#
    }

    @Test(
        "100 000 keys at once: each is sent once and interrogated, and another master's TESTFR is answered all the while"
    )
    func manyKeys() async throws {
        let count = 100_000
        try await ConnectorFixture.with(
            options: Self.options, mapping: Self.mapping(1...count),
            configuration: { ConnectorFixture.configuration(host: $0, #", "events": { "buffer": 200000 }"#) }
        ) { fixture in
            let master = try await fixture.startedMaster()
            let before = try fixture.connector.residentMemory()
            let idle = try await fixture.connect()
            let probing = Task { try await idle.longestAnswer() }
            try await fixture.redis.send(
                (1...count).map { ["SET", "process:image:casdu:1:ioa:\($0)", #"{"value":\#($0)}"#] })
            let points = try await master.points(count, within: .seconds(120))
            #expect(points.count == count)
            #expect(Set(points.map(\.address)).count == count)
            #expect(points.allSatisfy { $0.information?.value == .shortFloat(Float($0.objectAddress)) })
            // The interrogation takes longer than a test reads nothing: it has to be read meanwhile.
            let reading = Task { for await _ in master.subscription {} }
            let answer = try await master.connection.interrogate(commonAddress: 1)
            reading.cancel()
            #expect(answer.points.count == count)
            #expect(answer.points.allSatisfy { $0.information?.value == .shortFloat(Float($0.objectAddress)) })
            probing.cancel()
            let longest = try await probing.value
            // Far below t1 = 15 s; what it is on a machine of its own is for the benchmarks to say.
            #expect(longest < .seconds(5), "TESTFR con after \(longest.nanoseconds / 1_000_000) ms at most")
            let grown = try fixture.connector.residentMemory() - before
            #expect(grown < 200 << 20, "\(grown >> 20) MiB more")
        }
    }

    @Test("512 MB in an image key, a hash, both documents and a stream entry are refused unread, and all else goes on")
    func longValues() async throws {
        try await ConnectorFixture.with(options: Self.options) { fixture in
            let master = try await fixture.startedMaster()
            // By the stream alone: an image key would be read again, as it was, when the server has stood still for long.
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":1}"#)
            _ = try await master.points(1)
            let before = try fixture.connector.residentMemory()
            let peak = Task { try await highestMemory(of: fixture.connector) }
            func expectService(_ number: Int) async throws {
                try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#)
                let values = try await master.points(1, within: .seconds(60)).compactMap { $0.information?.value }
                #expect(values == [.shortFloat(Float(number))])
            }
            let last = String(Self.longest - 1)
            let key = "process:image:casdu:1:ioa:1502"

            try await fixture.redis.send(["SETRANGE", key, last, "x"])
            try await fixture.waitForError("invalid-point", key, "longer than 65536 octets")
            try await expectService(2)
            try await fixture.redis.send(["DEL", key])

            for document in [ConnectorFixture.keys.configuration, ConnectorFixture.keys.mapping] {
                let text = try await fixture.redis.send(["GET", document]).string ?? ""
                try await fixture.redis.send(["SETRANGE", document, last, "x"])
                try await fixture.waitForError("can't be read", document, "longer than 67108864 octets")
                try await expectService(3)
                try await fixture.redis.send(["SET", document, text])
            }

            // No command makes such a field or entry of what the server holds, but a script does.
            let source = "long"
            try await fixture.redis.send(["SETRANGE", source, last, "x"])
            try await fixture.redis.send([
                "EVAL", "return redis.call('HSET', KEYS[1], 'value', redis.call('GET', KEYS[2]))", "2",
                "process:image:casdu:1:ioa:1501", source,
            ])
            try await fixture.waitForError("invalid-point", "ioa:1501", "longer than 8192 octets")
            try await expectService(4)
            try await fixture.redis.send(["DEL", "process:image:casdu:1:ioa:1501"])

            try await fixture.redis.send([
                "EVAL", "return redis.call('XADD', KEYS[1], '*', 'data', redis.call('GET', KEYS[2]))", "2",
                "process:updates", source,
            ])
            try await fixture.waitForError("invalid-point", "process:updates", "the entry is too long")
            try await expectService(5)

            let logged = fixture.connector.lines.count {
                $0.text.contains("longer than") || $0.text.contains("too long")
            }
            #expect(logged >= 5)
            // A server that copies such values stands still for a while, longer on a machine that is busy.
            let losses = fixture.connector.lines.map(\.text).filter { $0.contains("store out of reach") }
            #expect(losses.allSatisfy { $0.contains("has not answered") }, "\(losses)")
            peak.cancel()
            let grown = try await peak.value - before
            #expect(grown < 64 << 20, "\(grown >> 20) MiB more")
        }
    }

    /// Looks again and again until the task is cancelled.
    private func highestMemory(of connector: ConnectorProcess) async throws -> Int {
        var highest = 0
        while !Task.isCancelled {
            highest = max(highest, try connector.residentMemory())
            try? await Task.sleep(for: .milliseconds(20))
        }
        return highest
    }
}

extension ReportedPoint {
    fileprivate var objectAddress: UInt32 { address.informationObjectAddress.rawValue }
}
