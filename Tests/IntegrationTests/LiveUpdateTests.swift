import ControllingStation
import IEC104Model
import TestBench
import Testing

@Suite("Live updates from Redis to the masters")
struct LiveUpdateTests {
    @Test("an image key as JSON is sent with value, quality, cause and the source's time")
    func stringKey() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(
                1, 1601,
                #"{"value":21.5,"quality":["SB","NT"],"cot":11,"timestamp":"2026-01-15T10:30:00.123Z"}"#)
            let points = try await master.points(1)
            let point = try #require(points.first)
            #expect(point.address == PointAddress(1, 1601))
            #expect(point.type == .M_ME_TF_1)
            #expect(point.cause == .returnInformationRemote)
            #expect(
                point.information
                    == ProcessInformation(
                        value: .shortFloat(21.5), quality: [.substituted, .notTopical],
                        time: CP56Time2a(millisecondsSince1970: 1_768_473_000_123)))
        }
    }

    @Test("MON-26 an update without time carries the time of reception, with GEN set and IV clear")
    func withoutTime() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let before = WallClock.milliseconds()
            try await fixture.set(1, 1001, #"{"value":true}"#)
            let points = try await master.points(1)
            let time = try #require(points.first?.information?.time)
            #expect(time.isSubstituted)
            #expect(!time.isInvalid)
            let moment = try #require(time.millisecondsSince1970())
            #expect((before...WallClock.milliseconds()).contains(moment))
        }
    }

    @Test("a hash is read like a document, and a partial change of it is a change")
    func hashKey() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let key = "process:image:casdu:1:ioa:1602"
            try await fixture.redis.send(["HSET", key, "value", "1.5", "quality", "IV"])
            let first = try await master.points(1).map(\.information)
            #expect(first == [ProcessInformation(value: .shortFloat(1.5), quality: .invalid)])
            try await fixture.redis.send(["HSET", key, "quality", ""])
            let second = try await master.points(1).map(\.information)
            #expect(second == [ProcessInformation(value: .shortFloat(1.5))])
        }
    }

    @Test("MON-27 the entries of the input stream are sent in order, each once, with or without the field data")
    func stream() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            for number in 0..<200 {
                if number % 2 == 0 {
                    try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#)
                } else {
                    try await fixture.redis.send([
                        "XADD", "process:updates", "*", "casdu", "1", "ioa", "1602", "value", "\(number)",
                    ])
                }
            }
            let values = try await master.points(200).compactMap { $0.information?.value }
            #expect(values == (0..<200).map { .shortFloat(Float($0)) })
        }
    }

    @Test("an update that arrives both ways is sent once", arguments: [true, false])
    func bothWays(withTime: Bool) async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            for number in 1...50 {
                let time = withTime ? #","timestamp":\#(1_768_473_000_000 + number)"# : ""
                let value = #""value":\#(number)\#(time)"#
                try await fixture.redis.send([
                    ["MULTI"], ["SET", "process:image:casdu:1:ioa:1602", "{\(value)}"],
                    ["XADD", "process:updates", "*", "data", #"{"casdu":1,"ioa":1602,\#(value)}"#], ["EXEC"],
                ])
            }
            try await fixture.add(#"{"casdu":1,"ioa":1001,"value":true}"#)
            var values: [ProcessValue] = []
            while values.last != .singlePoint(true) {
                values += try await master.points(1).compactMap { $0.information?.value }
            }
            values += try await master.pointsUntilRead(of: PointAddress(1, 1602)).compactMap { $0.information?.value }
            #expect(values == (1...50).map { .shortFloat(Float($0)) } + [.singlePoint(true)])
        }
    }

    @Test("RED-15 every started master gets every update, one that isn't started gets none")
    func fanOut() async throws {
        try await ConnectorFixture.with { fixture in
            let waiting = try await fixture.connect()
            let silent = await waiting.subscribe()
            var masters: [TestMaster] = []
            for _ in 0..<3 { masters.append(try await fixture.startedMaster()) }
            for number in 0..<20 { try await fixture.add(#"{"casdu":1,"ioa":1602,"value":\#(number)}"#) }
            for master in masters {
                let values = try await master.points(20).compactMap { $0.information?.value }
                #expect(values == (0..<20).map { .shortFloat(Float($0)) })
            }
            _ = try await waiting.test()
            #expect(silent.count == 0)
        }
    }

    @Test("a value beyond the range is sent at the limit with OV, what is not a number as 0 with IV")
    func clamping() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add(#"{"casdu":1,"ioa":1502,"value":40000}"#)
            try await fixture.add(#"{"casdu":1,"ioa":1402,"value":-2}"#)
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":"NaN"}"#)
            let received = try await master.points(3).compactMap(\.information)
            #expect(
                received == [
                    ProcessInformation(value: .scaled(32767), quality: .overflow),
                    ProcessInformation(value: .normalized(NormalizedValue(rawValue: -32768)), quality: .overflow),
                    ProcessInformation(value: .shortFloat(0), quality: .invalid),
                ])
        }
    }

    @Test("a key that is deleted is sent once with IV and NT, and answers so until it is written again")
    func deletion() async throws {
        try await ConnectorFixture.with(prepare: { redis in
            try await redis.send(["SET", "process:image:casdu:1:ioa:1602", #"{"value":1.5}"#])
        }) { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.redis.send(["DEL", "process:image:casdu:1:ioa:1602"])
            let gone = ProcessInformation(value: .shortFloat(1.5), quality: [.invalid, .notTopical])
            let sent = try await master.points(1).map(\.information)
            #expect(sent == [gone])
            let answer = try await master.connection.interrogate(commonAddress: 1)
            #expect(answer.points.first { $0.address == PointAddress(1, 1602) }?.information == gone)
            try await fixture.redis.send(["SET", "process:image:casdu:1:ioa:1602", #"{"value":1.5}"#, "PX", "300"])
            let reports = try await master.points(16).filter { $0.cause == .spontaneous }
            #expect(
                reports.map(\.information) == [ProcessInformation(value: .shortFloat(1.5)), gone],
                "written, then expired")
        }
    }

    @Test("a document that can't be used is reported once with key, fault and text; the point keeps its value")
    func invalidDocuments() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(1, 1602, #"{"value":1.5}"#)
            _ = try await master.points(1)
            try await fixture.set(1, 1602, #"{"value":"#)
            try await fixture.waitForError(
                "invalid-point", "process:image:casdu:1:ioa:1602", "not JSON", #"{\"value\":"#)
            try await fixture.add(#"{"casdu":1,"ioa":1101,"value":7}"#)
            try await fixture.waitForError("invalid-point", "0...3", "7")
            try await fixture.add(#"{"ioa":1101,"value":1}"#)
            try await fixture.waitForError("invalid-point", "casdu: the field is missing")
            try await fixture.redis.send(["DEL", "process:image:casdu:1:ioa:1602"])
            try await fixture.redis.send(["LPUSH", "process:image:casdu:1:ioa:1002", "1"])
            try await fixture.waitForError("invalid-point", "ioa:1002", "list")
            try await fixture.add(#"{"casdu":9,"ioa":9,"value":"anything"}"#)
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2.5}"#)
            let values = try await master.points(2).compactMap { $0.information?.value }
            #expect(values == [.shortFloat(1.5), .shortFloat(2.5)], "the deletion, then the last value")
            let errors = try await fixture.errors()
            #expect(errors.count == 4, "a point outside the mapping is no error")
        }
    }

    @Test("without a mapping the whole image is served with the types that the documents name")
    func withoutMapping() async throws {
        try await ConnectorFixture.with(
            mapping: nil,
            prepare: { redis in
                try await redis.send(["SET", "process:image:casdu:7:ioa:1", #"{"type":"M_DP_TB_1","value":"on"}"#])
                try await redis.send(["HSET", "process:image:casdu:8:ioa:2", "type", "13", "value", "2.5"])
            }
        ) { fixture in
            let master = try await fixture.startedMaster()
            let answer = try await master.connection.interrogate()
            #expect(
                answer.points.map { "\($0.address) \($0.type.rawValue)" }.sorted() == ["7:1 3", "8:2 13"])
            try await fixture.set(9, 3, #"{"type":1,"value":true}"#)
            let reports = try await master.points(3)
            #expect(reports.last?.address == PointAddress(9, 3))
        }
    }
}
