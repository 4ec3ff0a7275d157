import IEC104Link
import TestSupport
import Testing

/// The cases of every family against a link that breaks their rule: each of them has to fail.
@Suite("The cases fail on a broken link")
struct BrokenLinkTests {
    @Test("start and stop")
    func startAndStop() async throws {
        try await fails(on: .needsNoStart) { StartStopTests().informationBeforeStart() }
        try await fails(on: .needsNoStart) { StartStopTests().supervisoryBeforeStart() }
        try await fails(on: .ignoresStart) { StartStopTests().start() }
        try await fails(on: .ignoresStart) { StartStopTests().restart() }
        try await fails(on: .confirmsStopEarly) { PendingStopTests().confirmationWaits() }
        try await fails(on: .confirmsStopEarly) { PendingStopTests().partialAcknowledgement() }
        try await fails(on: .confirmsStopEarly) { PendingStopTests().neverAcknowledged() }
    }

    @Test("test frames and t3")
    func testFrames() async throws {
        try await fails(on: .leavesTestUnanswered) { TimerTests().answer() }
        try await fails(on: .leavesTestUnanswered) { StartStopTests().testBeforeStart() }
        try await fails(on: .leavesTestUnanswered) { PendingStopTests().test() }
        try await fails(on: .neverTests) { TimerTests().silence(state: .started) }
        try await fails(on: .neverTests) { TimerTests().restart() }
        try await fails(on: .neverTests) { TimerTests().ownFrames() }
        try await fails(on: .neverTests) { ConversationTests().cut() }
    }

    @Test("t1")
    func acknowledgementAwaited() async throws {
        try await fails(on: .ignoresT1) { TimerTests().unanswered() }
        try await fails(on: .ignoresT1) { TimerTests().unacknowledged() }
        try await fails(on: .ignoresT1) { TimerTests().oldestFrame() }
        try await fails(on: .ignoresT1) { TimerTests().newerFrame() }
        try await fails(on: .ignoresT1) { PendingStopTests().neverAcknowledged() }
        try await fails(on: .ignoresT1) { ConversationTests().stuck() }
    }

    @Test("w and t2")
    func acknowledgementOwed() async throws {
        try await fails(on: .neverAcknowledges) { WindowTests().acknowledgeAtW(w: 2) }
        try await fails(on: .neverAcknowledges) { WindowTests().acknowledgeInOneRead() }
        try await fails(on: .neverAcknowledges) { TimerTests().acknowledgementTime() }
        try await fails(on: .neverAcknowledges) { TimerTests().oldestReceived() }
        try await fails(on: .neverAcknowledges) { TimerTests().beforeTheOther(parameters: .fast) }
        try await fails(on: .acknowledgesNothingInI) { WindowTests().newestNumber() }
        try await fails(on: .acknowledgesNothingInI) { WindowTests().resumeByInformation() }
    }

    @Test("k")
    func window() async throws {
        try await fails(on: .ignoresK) { WindowTests().stopAtK(k: 4) }
        try await fails(on: .ignoresK) { WindowTests().resume() }
        try await fails(on: .ignoresK) { WindowTests().one() }
        try await fails(on: .ignoresK) { SequenceNumberTests().bothWays() }
    }

    @Test("sequence numbers")
    func sequenceNumbers() async throws {
        try await fails(on: .takesAnySendNumber) { SequenceNumberTests().lostOnTheLine() }
        try await fails(on: .takesAnyReceiveNumber) { SequenceNumberTests().back() }
        try await fails(on: .takesAnyReceiveNumber) { PendingStopTests().tooFar() }
        try await fails(on: .neverAcknowledges) { SequenceNumberTests().wrapOfReceiving() }
    }

    private func fails(
        on defect: LinkDefect, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: @Sendable () throws -> Void
    ) async throws {
        try await expectFailure("passes on a link that is broken: \(defect)", sourceLocation: sourceLocation) {
            try LinkDefect.$current.withValue(defect) { try body() }
        }
    }
}
