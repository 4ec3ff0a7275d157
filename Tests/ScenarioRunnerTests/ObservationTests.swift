import IEC104Link
import IEC104Model
import NIOCore
import Testing

@testable import ScenarioRunner

/// What an expectation makes of the frames that come.
@Suite("Expectations")
struct ObservationTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func frame(_ octets: [UInt8], after time: TimeAmount = .seconds(1)) throws -> ReceivedFrame {
        try #require(
            ReceivedFrame(
                octets: ByteBuffer(bytes: octets), time: Self.start + time, millisecondsSince1970: 0))
    }

    /// An I frame with scaled values of the points 1:100, 1:101, ... or of one point again and again.
    private func values(
        _ values: [Int16], cause: CauseOfTransmission = .spontaneous, ofOnePoint: Bool = true
    ) throws -> ReceivedFrame {
        let objects = values.enumerated().map { index, value in
            InformationObject(
                address: InformationObjectAddress(rawValue: UInt32(100 + (ofOnePoint ? 0 : index))) ?? .irrelevant,
                element: .M_ME_NB_1(M_ME_NB_1(value: value, quality: .good)))
        }
        let asdu = try #require(ASDU(objects, cause: cause, commonAddress: 1))
        var octets = ByteBuffer()
        asdu.encode(into: &octets)
        return try frame([0x68, UInt8(4 + octets.readableBytes), 0, 0, 0, 0] + Array(octets.readableBytesView))
    }

    private func observation(
        _ pattern: FramePattern, _ change: (inout FrameExpectation) -> Void = { _ in }
    ) -> Observation {
        var expectation = FrameExpectation(pattern: pattern, limit: .seconds(5))
        change(&expectation)
        return Observation(expectation, start: Self.start, begin: Self.start)
    }

    private var point: FramePattern { .data(ASDUPattern(objectAddress: 100)) }

    @Test("values that come once each and in order, over several frames, are met")
    func valuesInOrder() throws {
        var observation = observation(point) { ($0.values, $0.count) = (1...4, 4) }
        try observation.take(try values([1, 2]))
        #expect(!observation.isMet)
        try observation.take(try values([3, 4]))
        #expect(observation.isMet)
    }

    @Test("a value that is missing, comes twice or is one too many fails", arguments: [[1, 3], [1, 1], [1, 2, 3]])
    func valuesOutOfOrder(values numbers: [Int16]) throws {
        var observation = observation(point) { ($0.values, $0.count) = (1...2, 2) }
        let frame = try values(numbers)
        #expect(throws: StepFailure.self) { try observation.take(frame) }
    }

    @Test("objects are counted, or frames where the scenario counts those")
    func counts() throws {
        var objects = observation(.data(ASDUPattern(cause: .spontaneous))) { $0.count = 3 }
        try objects.take(try values([1, 2, 3], ofOnePoint: false))
        #expect(objects.isMet)
        var frames = observation(.data(ASDUPattern(cause: .spontaneous))) { ($0.count, $0.countsFrames) = (2, true) }
        try frames.take(try values([1, 2, 3], ofOnePoint: false))
        #expect(!frames.isMet)
        try frames.take(try values([1]))
        #expect(frames.isMet)
        var tooMany = observation(point) { $0.count = 2 }
        let frame = try values([1, 2, 3])
        #expect(throws: StepFailure.self) { try tooMany.take(frame) }
    }

    @Test("what comes too soon fails")
    func tooSoon() throws {
        let testFrame: [UInt8] = [0x68, 4, 0x43, 0, 0, 0]
        var observation = observation(.unnumbered(.testFrameActivation)) { $0.earliest = .seconds(2) }
        let early = try frame(testFrame, after: .milliseconds(1999))
        #expect(throws: StepFailure.self) { try observation.take(early) }
        try observation.take(try frame(testFrame, after: .seconds(2)))
        #expect(observation.isMet)
    }

    @Test("what was passed over is told with its time, the last twenty of many")
    func passedOver() throws {
        var observation = observation(.supervisory)
        for number in 1...25 { try observation.take(try values([Int16(number)])) }
        let failure = observation.missing
        #expect(failure.expected == "an S frame within 5 s")
        #expect(failure.came.first == "5 other frames, and then")
        #expect(failure.came.count == 21)
        #expect(
            failure.came.last == "   1.000 s  I(0,0) M_ME_NB_1 (11), spontaneous (3), CA 1, IOA 100 = 25")
    }

    @Test("a pattern means what it says")
    func patterns() throws {
        let frame = try values([7])
        func matches(_ pattern: ASDUPattern) -> Bool { FramePattern.data(pattern).matches(frame) > 0 }
        #expect(matches(ASDUPattern()))
        #expect(matches(ASDUPattern(type: .M_ME_NB_1, cause: .spontaneous, commonAddress: 1, objectAddress: 100)))
        #expect(matches(ASDUPattern(value: "7", quality: .good, isNegative: false, isTest: false)))
        #expect(matches(ASDUPattern(originatorAddress: 0, hasTimeTag: false)))
        for other in [
            ASDUPattern(type: .M_ME_NC_1), ASDUPattern(cause: .periodic), ASDUPattern(commonAddress: 2),
            ASDUPattern(objectAddress: 101), ASDUPattern(value: "8"), ASDUPattern(quality: .invalid),
            ASDUPattern(isNegative: true), ASDUPattern(isTest: true), ASDUPattern(originatorAddress: 1),
            ASDUPattern(hasTimeTag: true),
        ] { #expect(!matches(other), "\(other)") }
        #expect(FramePattern.unnumbered(.testFrameActivation).matches(frame) == 0)
        #expect(FramePattern.supervisory.matches(frame) == 0)
    }

    @Test("an inbox gives frames in order, then the end again and again, and nothing for a time")
    func inbox() async throws {
        let inbox = FrameInbox()
        let empty = try await inbox.next(until: .now + .milliseconds(20))
        #expect(empty == nil)
        inbox.append(try values([1]))
        inbox.close(.remote)
        let first = try await inbox.next(until: .now + .seconds(5))
        guard case .frame = first else { return #expect(Bool(false), "\(first as Any)") }
        for _ in 1...2 {
            let end = try await inbox.next(until: .now + .seconds(5))
            guard case .closed(.remote) = end else { return #expect(Bool(false), "\(end as Any)") }
        }
    }

    @Test("an inbox that overflows says so")
    func overrun() async throws {
        let inbox = FrameInbox()
        let frame = try values([1])
        for _ in 0...FrameInbox.maximumFrames { inbox.append(frame) }
        await #expect(throws: FrameInbox.Overrun.self) { try await inbox.next(until: .now) }
    }
}
