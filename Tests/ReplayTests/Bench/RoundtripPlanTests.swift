import IEC104Model
import NIOCore
import Replay
import Testing

@testable import DataStore
@testable import ReplayBench

/// How a capture becomes documents for a connector.
@Suite("Points of a capture")
struct RoundtripPlanTests {
    private func object(
        _ ioa: UInt32, _ type: UInt8, cause: UInt8 = 3, at time: Int64 = 0, tag: CP56Time2a? = nil,
        _ value: ProcessValue = .singlePoint(true)
    ) throws -> RecordedObject {
        RecordedObject(
            frame: 1, capturedAt: CaptureTime(nanoseconds: time * 1_000_000),
            address: PointAddress(
                commonAddress: CommonAddress(rawValue: 1),
                informationObjectAddress: try #require(InformationObjectAddress(rawValue: ioa))),
            type: TypeIdentification(rawValue: type), cause: CauseOfTransmission(rawValue: cause),
            information: ProcessInformation(value: value, time: tag))
    }

    private func survey(_ objects: [RecordedObject]) -> PointSurvey {
        var survey = PointSurvey()
        for object in objects { survey.add(object) }
        survey.plan()
        return survey
    }

    @Test("a point is served with the type of its events; interrogation answers without time tag fit to it")
    func oneRound() throws {
        let objects = [try object(1, 1, cause: 20), try object(1, 30), try object(2, 13, cause: 23)]
        let survey = survey(objects)
        #expect(survey.rounds.count == 1)
        #expect(objects.map { survey.round(of: $0) } == [0, 0, 0])
        let round = try #require(survey.rounds.first)
        #expect(round.type(of: objects[0].address) == .M_SP_TB_1)
        #expect(!round.keepsTimeTags)
        #expect(round.mapping.contains(#"{"casdu":1,"ioa":2,"type":13,"groups":[3]}"#))
    }

    @Test("a point with two types takes two rounds, and so do answers with and without time tags")
    func severalRounds() throws {
        let objects = [try object(1, 1), try object(1, 30), try object(2, 30, cause: 20), try object(3, 30)]
        let answer = try object(3, 1, cause: 20)
        let survey = survey(objects + [answer])
        #expect(survey.rounds.count == 2)
        #expect(objects.map { survey.round(of: $0) } == [0, 1, 0, 0])
        // Round 0 keeps time tags because of point 2.
        #expect(survey.rounds.map(\.keepsTimeTags) == [true, false])
        #expect(survey.round(of: answer) == 1)
    }

    @Test("counters are put into the group they answered for")
    func counterGroups() throws {
        let survey = survey([try object(1, 15, cause: 37), try object(1, 15, cause: 39), try object(1, 15, cause: 40)])
        #expect(survey.rounds.count == 2)
        #expect(survey.rounds.map { $0.mapping.contains("\"counterGroup\":2") } == [true, false])
    }

    @Test("NaN, reserved bits and the marks of time tags aren't expected; all else is, bit for bit")
    func concessions() {
        let nan = ExpectedInformation(ProcessInformation(value: .shortFloat(.nan)))
        #expect(nan.concessions == [.notANumber])
        #expect(nan.difference(from: ProcessInformation(value: .shortFloat(0), quality: .invalid)) == nil)
        let zero = ExpectedInformation(ProcessInformation(value: .shortFloat(-0.0)))
        #expect(zero.difference(from: ProcessInformation(value: .shortFloat(0))) == .value)
        let reserved = ExpectedInformation(ProcessInformation(value: .scaled(1), quality: .init(rawValue: 0x42)))
        #expect(reserved.concessions == [.reservedBits])
        #expect(reserved.difference(from: ProcessInformation(value: .scaled(1))) == .quality)
        let moment: Int64 = 1_768_473_000_123
        let marked = CP56Time2a(millisecondsSince1970: moment, isSummerTime: true, isInvalid: true)
        let time = ExpectedInformation(ProcessInformation(value: .scaled(1), time: marked))
        #expect(time.concessions == [.timeMarks])
        let later = CP56Time2a(millisecondsSince1970: moment + 1)
        #expect(time.difference(from: ProcessInformation(value: .scaled(1), time: later)) == .time)
        let impossible = ExpectedInformation(ProcessInformation(value: .scaled(1), time: CP56Time2a(rawValue: 0)))
        #expect(impossible.concessions == [.impossibleTime])
    }

    @Test("events go to image and stream; the image holds the newest; answers go to the image")
    func writer() throws {
        let tag = CP56Time2a(millisecondsSince1970: 1_768_473_000_123)
        var writer = PointWriter()
        let event = try object(1, 30, at: 5, tag: tag)
        let document = #"{"casdu":1,"ioa":1,"type":30,"value":true,"quality":0,"cot":3,"timestamp":1768473000123}"#
        let written = texts(writer.event(event))
        #expect(written.map { $0.first } == ["SET", "XADD"])
        #expect(written.allSatisfy { $0.last == document })
        let older = try object(1, 1, at: 5)
        #expect(texts(writer.event(older)).map { $0.first } == ["XADD"])
        let tooOld = CP56Time2a(millisecondsSince1970: 1_768_473_000_122)
        let stale = try object(1, 30, cause: 20, tag: tooOld)
        #expect(writer.state(stale) == nil)
        let announced = texts(writer.announcedState(try object(1, 1, cause: 20, at: 5)) ?? [])
        #expect(announced.map { $0.first } == ["SET", "XADD"])
        #expect(announced.first?.last?.contains("\"timestamp\":1768473000124") == true)
        // Without a time of its own, an answer is news, and so is every event after it.
        let state = texts(writer.state(try object(1, 1, cause: 20, at: 5)) ?? [])
        #expect(state.map { $0.first } == ["SET"])
        #expect(state.first?.last?.contains("timestamp") == false)
        #expect(texts(writer.event(older)).map { $0.first } == ["SET", "XADD"])
    }

    /// The words of each command.
    private func texts(_ commands: [RedisCommand]) -> [[String]] {
        commands.map { command in
            var octets = ByteBuffer()
            command.encode(into: &octets)
            // Each word stands behind a line with its length.
            return String(buffer: octets).split(separator: "\r\n").dropFirst().enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
    }
}
