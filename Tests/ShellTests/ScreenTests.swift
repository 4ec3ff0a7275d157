import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import ControllingStation
@testable import Shell

@Suite("What the shell shows")
struct ScreenTests {
    private func frame(_ hex: String, isSent: Bool = false) -> ObservedFrame {
        ObservedFrame(
            octets: ByteBuffer(bytes: octets(hex)), isSent: isSent, time: .now(),
            millisecondsSince1970: 1_768_473_000_123)
    }

    private let event = "68 0E 02 00 00 00 01 01 03 00 01 00 E9 03 00 01"

    @Test("what has arrived before an outcome is shown before it, also if nothing else has had the time to show it")
    func order() async throws {
        let output = NIOLockedValueBox("")
        let screen = ShellScreen(isInteractive: false) { text in output.withLockedValue { $0 += text } }
        screen.frames.append(frame(event))
        try await screen.tell("ok")
        #expect(
            output.withLockedValue { $0 } == "10:30:00.123  1:1001  M_SP_NA_1 (1)  on  spontaneous (3)\nok\n")
    }

    @Test("what a slow output leaves no place for is counted")
    func overflow() async throws {
        let output = NIOLockedValueBox("")
        let screen = ShellScreen(isInteractive: false) { text in output.withLockedValue { $0 += text } }
        for _ in 0..<10_003 { screen.frames.append(frame(event)) }
        try await screen.showFrames()
        let lines = output.withLockedValue { $0 }.split(separator: "\n")
        #expect(lines.count == 10_001)
        #expect(lines.last == "(3 frames not shown: they came faster than they could be written)")
    }

    @Test("each detail shows what it says")
    func details() {
        let (act, received) = (frame(APDUs.testAct, isSent: true), frame(event))
        #expect(FrameText.lines(act, .values).isEmpty)
        #expect(FrameText.lines(act, .nothing).isEmpty)
        #expect(FrameText.lines(act, .frames) == ["10:30:00.123  > TESTFR act"])
        #expect(FrameText.lines(act, .octets) == ["10:30:00.123  > TESTFR act", "    \(APDUs.testAct)"])
        #expect(
            FrameText.lines(received, .frames) == [
                "10:30:00.123  < I(1,0)  1:1001  M_SP_NA_1 (1)  on  spontaneous (3)"
            ])
        #expect(FrameText.lines(frame("68 00"), .frames) == ["10:30:00.123  < octets 68 00"])
    }
}
