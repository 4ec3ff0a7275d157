import ControllingStation
import IEC104Model
import TestBench
import Testing

@Suite("Image and events of the same points")
struct ImageSemanticsTests {
    private static let time: Int64 = 1_768_473_000_000

    private func document(_ value: Int, at offset: Int64) -> String {
        #"{"value":\#(value),"timestamp":\#(Self.time + offset)}"#
    }

    private func entry(_ value: Int, at offset: Int64) -> String {
        #"{"casdu":1,"ioa":1602,"value":\#(value),"timestamp":\#(Self.time + offset)}"#
    }

    private func value(of address: PointAddress, in master: TestMaster) async throws -> ProcessInformation? {
        try await master.connection.interrogate(commonAddress: 1).points.first { $0.address == address }?.information
    }

    @Test("an event older than the image is sent, and the image stays what it is")
    func olderEvent() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(1, 1602, document(2, at: 2000))
            _ = try await master.points(1)
            try await fixture.add(entry(1, at: 1000))
            let sent = try await master.points(1).map(\.information?.value)
            #expect(sent == [.shortFloat(1)])
            let shown = try await value(of: PointAddress(1, 1602), in: master)
            #expect(shown == ProcessInformation(value: .shortFloat(2)))
        }
    }

    @Test("a state that was written once doesn't come back when events have followed and the connection is lost")
    func oldState() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.set(1, 1602, #"{"value":1}"#)
            _ = try await master.points(1)
            try await fixture.add(#"{"casdu":1,"ioa":1602,"value":2}"#)
            _ = try await master.points(1)
            let reconnects = try await fixture.health("reconnects")
            try await fixture.redis.send(["CLIENT", "KILL", "SKIPME", "yes"])
            try await eventually("the connector is back", within: .seconds(30)) {
                try await fixture.health("reconnects") != reconnects
            }
            // Keys that are reported are read when the image has been read again.
            try await fixture.set(1, 1502, document(1, at: 0))
            let marker = try await master.points(1).map(\.address)
            #expect(marker == [PointAddress(1, 1502)], "and nothing before it")
            let shown = try await value(of: PointAddress(1, 1602), in: master)
            #expect(shown?.value == .shortFloat(2))
        }
    }

    @Test("an update that arrives both ways is sent once, whichever of the two comes first", arguments: [true, false])
    func eitherOrder(isKeyFirst: Bool) async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            var values: [ProcessValue] = []
            for number in 1...20 {
                let (state, event) = (document(number, at: Int64(number)), entry(number, at: Int64(number)))
                if isKeyFirst { try await fixture.set(1, 1602, state) } else { try await fixture.add(event) }
                values += try await master.points(1).compactMap { $0.information?.value }
                if isKeyFirst { try await fixture.add(event) } else { try await fixture.set(1, 1602, state) }
            }
            // What was written before these has been dealt with when they come.
            try await fixture.set(1, 1502, document(1, at: 0))
            try await fixture.add(#"{"casdu":1,"ioa":1402,"value":0.5}"#)
            let markers = try await master.points(2).map(\.address)
            #expect(Set(markers) == [PointAddress(1, 1502), PointAddress(1, 1402)], "and nothing else")
            #expect(values == (1...20).map { .shortFloat(Float($0)) })
            try await eventually("second arrivals are known for what they are") {
                guard let duplicates = try await fixture.health("duplicates").flatMap({ Int($0) }) else { return false }
                // Of a key that is written several times within a moment, only the last state is read.
                return isKeyFirst ? duplicates == 20 : (1...20).contains(duplicates)
            }
        }
    }

    @Test("a hash that is deleted or expires is sent once with IV and NT; a partial update is a change of the rest")
    func hash() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            let key = "process:image:casdu:1:ioa:1602"
            try await fixture.redis.send(["HSET", key, "value", "1", "quality", "SB", "cot", "11"])
            try await fixture.redis.send(["HSET", key, "value", "2"])
            var seen = try await master.points(1)
            if seen.last?.information?.value != .shortFloat(2) { seen += try await master.points(1) }
            #expect(seen.last?.information == ProcessInformation(value: .shortFloat(2), quality: .substituted))
            #expect(seen.last?.cause == .returnInformationRemote)
            try await fixture.redis.send(["PEXPIRE", key, "100"])
            let gone = ProcessInformation(value: .shortFloat(2), quality: [.invalid, .notTopical, .substituted])
            let expired = try await master.points(1).map(\.information)
            #expect(expired == [gone])
            let shown = try await value(of: PointAddress(1, 1602), in: master)
            #expect(shown == gone)
        }
    }

    @Test("points outside the mapping are counted, not reported; the mapping's type wins where the value converts")
    func mappedTypes() async throws {
        try await ConnectorFixture.with { fixture in
            let master = try await fixture.startedMaster()
            try await fixture.add(#"{"casdu":1,"ioa":9999,"type":1,"value":true}"#)
            try await fixture.set(7, 7, #"{"value":1}"#)
            try await fixture.add(#"{"casdu":1,"ioa":1502,"type":13,"value":7}"#)
            try await fixture.set(1, 1002, #"{"type":"M_SP_TB_1","value":true}"#)
            let points = try await master.points(2)
            #expect(points.first { $0.address == PointAddress(1, 1502) }?.type == .M_ME_NB_1)
            #expect(points.first { $0.address == PointAddress(1, 1502) }?.information?.value == .scaled(7))
            #expect(points.first { $0.address == PointAddress(1, 1002) }?.type == .M_SP_NA_1)
            try await eventually("points outside the mapping are counted") {
                try await fixture.health("unmapped") == "1"
            }
            let before = try await fixture.errors()
            #expect(before.isEmpty)
            try await fixture.add(#"{"casdu":1,"ioa":1502,"type":13,"value":7.5}"#)
            try await fixture.waitForError("invalid-point", "7.5")
            let shown = try await value(of: PointAddress(1, 1502), in: master)
            #expect(shown == ProcessInformation(value: .scaled(7)))
        }
    }
}
