import ControllingStation
import DataStore
import IEC104Model
import Synchronization
import TestBench
import Testing

@Suite("The store goes away and comes back")
struct StoreLossTests {
    @Test("killed in the middle of a burst: what the store still has is sent once and in order, only changes are sent")
    func killed() async throws {
        let options = ThrowawayRedis.Options(isPersistent: true, arguments: ["--appendfsync", "always"])
        try await ConnectorFixture.with(options: options) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(1, 1502, #"{"value":7}"#)
            _ = try await master.points(1)
            for number in 0..<300 {
                try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#)
                if number % 100 == 50 {
                    await fixture.redis.kill()
                    try await fixture.redis.restart()
                }
            }
            let values = try await master.points(300, within: .seconds(20)).compactMap { $0.information?.value }
            #expect(values == (0..<300).map { .shortFloat(Float($0)) })
            let rest = try await master.pointsUntilRead(of: PointAddress(1, 1502))
            #expect(rest.isEmpty, "the image has not changed")
            try await fixture.connector.waitUntilRunning()
            try await fixture.waitForError("store-lost")
            let reconnects = try await fixture.health("reconnects")
            #expect(["1", "2", "3"].contains(reconnects), "outages that follow one another closely may count as one")
        }
    }

    @Test("MON-37 MON-38 out of reach beyond the grace time every point becomes NT, and recovers with the store")
    func graceTime() async throws {
        try await ConnectorFixture.with(
            options: ThrowawayRedis.Options(isPersistent: true),
            prepare: { redis in try await redis.send(["SET", "process:image:casdu:1:ioa:1602", #"{"value":1.5}"#]) }
        ) { fixture in
            let master = try await fixture.startedMaster()
            await fixture.redis.kill()
            let answer = try await master.connection.interrogate(commonAddress: 1)
            #expect(answer.points.first { $0.address == PointAddress(1, 1602) }?.information?.quality == .good)
            let lost = try await master.points(15, within: .seconds(40)).filter { $0.cause == .spontaneous }
            #expect(lost.map(\.information) == [ProcessInformation(value: .shortFloat(1.5), quality: .notTopical)])
            try await fixture.redis.restart()
            let back = try await master.points(1, within: .seconds(20))
            #expect(back.map(\.information) == [ProcessInformation(value: .shortFloat(1.5))])
        }
    }

    @Test("a store that comes back empty: points are IV and NT, config and mapping run on, the gap is reported")
    func memoryLost() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            try await redis.send(["SET", "process:image:casdu:1:ioa:1602", #"{"value":1.5}"#])
            try await redis.send(["XADD", "process:updates", "*", "casdu", "1", "ioa", "1001", "value", "0"])
        }) { fixture in
            let master = try await fixture.startedMaster()
            await fixture.redis.kill()
            try await fixture.redis.restart()
            let gone = try await master.points(1, within: .seconds(20))
            #expect(gone.map(\.information?.quality) == [[.invalid, .notTopical]])
            try await fixture.waitForError("documents-missing")
            try await fixture.waitForError("stream-gap")
            try await eventually("health tells both") {
                let message = try await fixture.health("message") ?? ""
                let gaps = try await fixture.health("gaps")
                return message.contains("has lost config and mapping") && gaps == "1"
            }
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2.5}"#)
            let next = try await master.points(1)
            #expect(next.map(\.information) == [ProcessInformation(value: .shortFloat(2.5))])
        }
    }

    @Test("keys of the same name in another database are none of the connector's, whatever happens there")
    func anotherDatabase() async throws {
        let point = "process:image:casdu:1:ioa:1602"
        try await ConnectorFixture.with(prepare: { try await $0.send(["SET", point, #"{"value":1}"#]) }) { fixture in
            let master = try await fixture.startedMaster()
            // With a time, so that nothing without one is taken for its echo.
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2,"timestamp":"2026-01-15T10:00:00Z"}"#)
            #expect(try await master.numbers(1) == [2])
            for value in [77, 78] {
                try await fixture.redis.send([
                    ["SELECT", "1"], ["SET", point, #"{"value":\#(value)}"#], ["SELECT", "0"],
                ])
            }
            // What was reported of it before this is read before this.
            try await fixture.set(1, 1502, #"{"value":7}"#)
            let next = try await master.points(1).map(\.address)
            #expect(next == [PointAddress(1, 1502)])
            // What is written in its own database counts, if it is something else.
            try await fixture.set(1, 1602, #"{"value":3}"#)
            #expect(try await master.numbers(1) == [3])
            try await fixture.redis.send([["SELECT", "1"], ["FLUSHDB"], ["SELECT", "0"]])
            try await fixture.add([4])
            #expect(try await master.numbers(1) == [4])
            let answer = try await master.connection.interrogate(commonAddress: 1)
            let shown = answer.points.first { $0.address == PointAddress(1, 1602) }?.information?.value
            #expect(shown == .shortFloat(4))
            try await fixture.connector.waitUntilRunning()
            let log = fixture.connector.lines.map(\.text)
            #expect(!log.contains { $0.contains("lost config and mapping") })
        }
    }

    @Test("FLUSHALL while all is well: points are IV and NT, config and mapping run on, connections stay")
    func flushed() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            try await redis.send(["SET", "process:image:casdu:1:ioa:1602", #"{"value":1.5}"#])
        }) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.redis.send(["FLUSHALL"])
            let gone = try await master.points(1)
            #expect(gone.map(\.information?.quality) == [[.invalid, .notTopical]])
            try await fixture.waitForError("documents-missing")
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2.5}"#)
            let next = try await master.points(1)
            #expect(next.map(\.information) == [ProcessInformation(value: .shortFloat(2.5))])
            try await eventually("the documents are back") {
                try await ConnectorFixture.writeDocuments(to: fixture.redis, host: fixture.host)
                return try await fixture.health("message") == ""
            }
            let closeReason = await master.connection.closeReason
            #expect(closeReason == nil)
        }
    }

    @Test("an input stream of another type is reported, the image goes on, and entries come once it is a stream")
    func wrongStreamType() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            try await redis.send(["SET", "process:updates", "no stream"])
        }) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.waitForError("invalid-input-stream", "process:updates", "WRONGTYPE")
            try await eventually("health tells why there are no events") {
                try await fixture.health("message")?.contains("the input stream can't be read: process:updates") == true
            }
            try await fixture.set(1, 1602, #"{"value":1}"#)
            try await fixture.redis.send(["DEL", "process:updates"])
            _ = try await master.points(1)
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2}"#)
            let values = try await master.points(1).compactMap { $0.information?.value }
            #expect(values == [.shortFloat(2)])
            try await eventually("health has nothing to tell any more") { try await fixture.health("message") == "" }
            try await eventually("nor has the log") {
                fixture.connector.lines.contains { $0.text.contains("the input stream can be read again") }
            }
        }
    }

    @Test("an error stream of another type: health and log tell, what is dropped counts, all else goes on")
    func wrongErrorStreamType() async throws {
        let key = "connectors:\(ConnectorFixture.id):error"
        try await ConnectorFixture.with(prepare: { try await $0.send(["SET", key, "no stream"]) }) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":"high"}"#)
            try await eventually("health tells", within: .seconds(20)) {
                let message = try await fixture.health("message") ?? ""
                return message.contains("the error stream can't be written") && message.contains("WRONGTYPE")
            }
            try await eventually("the drop counts", within: .seconds(20)) { try await fixture.health("dropped") == "1" }
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2}"#)
            let values = try await master.points(1).compactMap { $0.information?.value }
            #expect(values == [.shortFloat(2)])
            try await fixture.redis.send(["DEL", key])
            try await eventually("health has nothing to tell any more") { try await fixture.health("message") == "" }
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":"low"}"#)
            try await fixture.waitForError("invalid-point", "low")
        }
    }

    @Test("a stream trimmed while the connector is away is a gap with its size, and the rest is sent")
    func trimmed() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":0}"#)
            _ = try await master.points(1)
            // Written and trimmed in one go: the connector can't come in between.
            let added = (1...10).map { number -> RedisCommand in
                ["XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)"]
            }
            try await fixture.redis.send(
                [["MULTI"]] + added + [["XTRIM", "process:updates", "MAXLEN", "3"], ["EXEC"]])
            let values = try await master.points(3).compactMap { $0.information?.value }
            #expect(values == [.shortFloat(8), .shortFloat(9), .shortFloat(10)])
            try await fixture.waitForError("stream-gap", "7 missing")
            try await eventually("health counts it", within: .seconds(20)) {
                try await fixture.health("missing") == "7"
            }
        }
    }

    @Test("what was trimmed while the connector is away comes from the image, once, and the rest from the stream")
    func trimmedAndResynchronised() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(1, 1502, #"{"value":7}"#)
            try await fixture.add([0])
            _ = try await master.points(2)
            try await fixture.losingTheStore {
                // What a producer writes both ways, of two points; only the other one's entries are left of it.
                try await fixture.set(1, 1502, #"{"value":8}"#)
                try await fixture.add(#"{"casdu":1,"ioa":1502,"value":8}"#)
                for number in 1...100 {
                    try await fixture.set(1, 1602, #"{"value":\#(number)}"#)
                    try await fixture.add([number])
                }
                try await fixture.redis.send(["XTRIM", "process:updates", "MAXLEN", "20"])
            }
            let sent = try await master.points(21)
            let fromImage = sent.filter { $0.address == PointAddress(1, 1502) }.compactMap { $0.information?.value }
            let fromStream = sent.filter { $0.address == PointAddress(1, 1602) }.compactMap { $0.information?.value }
            #expect(fromImage == [.scaled(8)])
            let left = (81...100).map { ProcessValue.shortFloat(Float($0)) }
            #expect(fromStream == left)
            let rest = try await master.pointsUntilRead(of: PointAddress(1, 1502))
            #expect(rest.isEmpty, "the image says the same as the last entries")
            try await fixture.waitForError("stream-gap", "81 missing")
        }
    }

    @Test("killed without persistence while a producer writes: what the store has then is sent once and in order")
    func memoryLostInBurst() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(1, 1502, #"{"value":7}"#)
            _ = try await master.points(1)
            let isEnough = Atomic(false)
            async let written = fixture.addContinuously { isEnough.load(ordering: .relaxed) }
            var received = try await master.goodNumbers { $0 >= 200 }
            await fixture.redis.kill()
            try await fixture.redis.restart()
            // At once: without the mapping, entries that don't name their type couldn't be used for a moment.
            let keys = ConnectorFixture.keys
            let configuration = ConnectorFixture.configuration(host: fixture.host)
            try await fixture.redis.send([
                "MSET", keys.configuration, configuration, keys.mapping, ConnectorFixture.mapping,
            ])
            try await fixture.set(1, 1502, #"{"value":8}"#)
            try await fixture.waitForError("stream-gap", "begun anew")
            isEnough.store(true, ordering: .relaxed)
            let last = try await written
            received += try await master.goodNumbers { $0 == last }
            let held = try await fixture.inputNumbers()
            #expect(held.last == last && held.count > 1)
            #expect(received.suffix(held.count) == held[...], "all that the store has")
            let isGrowing = zip(received, received.dropFirst()).allSatisfy { $0 < $1 }
            #expect(isGrowing, "each once and in order")
            try await eventually("the image has been read anew") {
                let answer = try await master.connection.interrogate(commonAddress: 1)
                let image = answer.points.first { $0.address == PointAddress(1, 1502) }?.information
                return image == ProcessInformation(value: .scaled(8))
            }
        }
    }

    @Test("a store that is silent but connected is noticed, and nothing is lost")
    func stalled() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            await fixture.redis.pause()
            try await eventually("the stall is noticed", within: .seconds(20)) {
                fixture.connector.lines.contains { $0.text.contains("store out of reach") }
            }
            await fixture.redis.resume()
            for number in 0..<10 { try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
            let values = try await master.points(10, within: .seconds(20)).compactMap { $0.information?.value }
            #expect(values == (0..<10).map { .shortFloat(Float($0)) })
        }
    }
}

extension ConnectorFixture {
    /// Adds events of the point 1:1602 with growing numbers, whether the store is there or not, until it is told to end.
    ///
    /// - Returns: the number of the last one, which the store took.
    fileprivate func addContinuously(until isEnough: @Sendable () -> Bool) async throws -> Int {
        var number = 0
        while true {
            try Task.checkCancellation()
            number += 1
            do {
                try await add([number])
                if isEnough() { return number }
            } catch is StoreError {
                // Nobody can tell if that one was taken. So that the refusals of a dead server don't use up a processor:
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    /// The numbers that the input stream holds.
    fileprivate func inputNumbers() async throws -> [Int] {
        let entries = try await redis.send(["XRANGE", "process:updates", "-", "+"]).elements ?? []
        return entries.compactMap { entry in
            let text = entry.elements?.last?.elements?.last?.string ?? ""
            return text.split(separator: ":").last.flatMap { Int($0.prefix { $0.isNumber }) }
        }
    }
}

extension TestMaster {
    /// The values of the point 1:1602 that are good, as whole numbers, until one is enough.
    fileprivate func goodNumbers(until isEnough: (Int) -> Bool) async throws -> [Int] {
        var numbers: [Int] = []
        while numbers.last.map(isEnough) != true {
            numbers += try await points(1, within: .seconds(40)).compactMap { point in
                guard case .shortFloat(let value)? = point.information?.value, point.information?.quality == .good
                else { return nil }
                return Int(value)
            }
        }
        return numbers
    }
}
