import Replay
import TestSupport
import Testing

@Suite("Checking")
struct CheckTests {
    private static let event = "01 01 03 00 0A 00 01 00 00 01"
    private static let command = "2D 01 06 00 0A 00 02 00 00 01"

    /// A connection with data transfer started; the next packet is number 6.
    private func started() -> Recording {
        var recording = Recording()
        recording.send(.control, APDUs.startAct)
        recording.send(.monitor, APDUs.startCon)
        return recording
    }

    @Test("an orderly session has no findings")
    func orderly() throws {
        var recording = started()
        recording.send(.control, APDUs.I(0, 0, "64 01 06 00 0A 00 00 00 00 14"))
        recording.send(
            .monitor, APDUs.I(0, 1, "64 01 07 00 0A 00 00 00 00 14") + APDUs.I(1, 1, "01 01 14 00 0A 00 01 00 00 01"))
        recording.send(.monitor, APDUs.I(2, 1, "64 01 0A 00 0A 00 00 00 00 14"))
        recording.wait(9)
        recording.send(.control, APDUs.S(3))
        recording.wait(11)
        recording.send(.control, APDUs.testAct)
        recording.send(.monitor, APDUs.testCon)
        recording.send(.control, APDUs.stopAct)
        recording.send(.monitor, APDUs.stopCon)
        recording.close(.control)
        recording.wait(100)
        recording.close(.monitor)
        #expect(try recording.findings().isEmpty)
    }

    @Test("N(S) that doesn't count, and N(R) of what was never sent")
    func numbers() throws {
        var recording = started()
        recording.send(.monitor, APDUs.I(0, 0, Self.event))
        recording.send(.monitor, APDUs.I(2, 0, Self.event))
        recording.send(.control, APDUs.S(3))
        recording.send(.control, APDUs.S(5))
        #expect(try recording.findings() == ["s2c 7 send-number", "c2s 9 receive-number"])
    }

    @Test("N(R) that goes back")
    func backwards() throws {
        var recording = started()
        for number in 0..<3 { recording.send(.monitor, APDUs.I(number, 0, Self.event)) }
        recording.send(.control, APDUs.S(3))
        recording.send(.control, APDUs.S(2))
        #expect(try recording.findings() == ["c2s 10 receive-number"])
    }

    @Test("numbers go around at 32 768")
    func wrap() throws {
        var recording = started()
        for number in 0..<32_780 {
            recording.send(.monitor, APDUs.I(number, 0, Self.event))
            if number % 8 == 7 { recording.send(.control, APDUs.S(number + 1)) }
        }
        #expect(try recording.findings().isEmpty)
    }

    @Test("more than k I frames, told once until an acknowledgement comes")
    func window() throws {
        var recording = started()
        for number in 0..<15 { recording.send(.monitor, APDUs.I(number, 0, Self.event)) }
        #expect(try recording.findings() == ["s2c 18 window-k"])
        #expect(try recording.findings { $0.k = 15 }.isEmpty)
    }

    @Test("w frames and no acknowledgement for longer than a second")
    func acknowledgeW() throws {
        var recording = started()
        for number in 0..<8 { recording.send(.monitor, APDUs.I(number, 0, Self.event)) }
        recording.wait(1.5)
        recording.send(.control, APDUs.S(8))
        #expect(try recording.findings() == ["s2c 13 acknowledge-w"])
        #expect(try recording.findings { $0.w = 9 }.isEmpty)
    }

    @Test("a late acknowledgement, and one that doesn't come")
    func late() throws {
        var recording = started()
        recording.send(.monitor, APDUs.I(0, 0, Self.event))
        recording.wait(12)
        recording.send(.control, APDUs.S(1))
        #expect(try recording.findings() == ["c2s 7 acknowledge-t2"])
        recording.send(.monitor, APDUs.I(1, 0, Self.event))
        recording.wait(17)
        recording.send(.monitor, APDUs.testAct)
        recording.send(.control, APDUs.testCon)
        #expect(try recording.findings() == ["c2s 7 acknowledge-t2", "s2c 8 acknowledge-t1"])
    }

    @Test("frames before STARTDT con and after STOPDT con")
    func states() throws {
        var recording = Recording()
        recording.send(.monitor, APDUs.I(0, 0, Self.event))
        recording.send(.control, APDUs.startAct)
        recording.send(.control, APDUs.I(0, 0, "64 01 06 00 0A 00 00 00 00 14"))
        recording.send(.monitor, APDUs.startCon)
        recording.send(.control, APDUs.stopAct)
        recording.send(.monitor, APDUs.I(1, 1, Self.event))
        recording.send(.monitor, APDUs.stopCon)
        recording.send(.monitor, APDUs.I(2, 1, Self.event))
        recording.send(.monitor, APDUs.startCon)
        #expect(
            try recording.findings() == [
                "s2c 4 wrong-state", "c2s 6 wrong-state", "s2c 11 wrong-state", "s2c 12 wrong-state",
            ])
    }

    @Test("U frames of the wrong station")
    func roles() throws {
        var recording = started()
        recording.send(.monitor, APDUs.startAct)
        recording.send(.control, APDUs.stopCon)
        #expect(try recording.findings() == ["s2c 6 wrong-direction", "c2s 7 wrong-direction"])
    }

    @Test("TESTFR act that isn't confirmed, and silence without one")
    func testFrames() throws {
        var recording = started()
        recording.send(.monitor, APDUs.testAct)
        recording.wait(17)
        recording.send(.control, APDUs.testAct)
        recording.send(.monitor, APDUs.testCon)
        #expect(try recording.findings() == ["s2c 6 unconfirmed"])
        recording.wait(22)
        recording.send(.control, APDUs.testAct)
        #expect(try Set(recording.findings()) == ["s2c 6 unconfirmed", "c2s 8 silence-t3", "s2c 7 silence-t3"])
    }

    @Test(
        "types and causes",
        arguments: [
            (Direction.monitor, "01 01 06 00 0A 00 01 00 00 01", "illegal-cause"),
            (.control, "01 01 03 00 0A 00 01 00 00 01", "wrong-direction"),
            (.monitor, "2D 01 06 00 0A 00 02 00 00 01", "illegal-cause"),
            (.control, "2D 01 07 00 0A 00 02 00 00 01", "illegal-cause"),
            (.monitor, "1E 01 14 00 0A 00 01 00 00 01 00 00 00 00 01 01 00", "time-tag-in-interrogation"),
            (.monitor, "02 01 03 00 0A 00 01 00 00 01 00 00 00", "illegal-type"),
            (.monitor, "0F 01 01 00 0A 00 01 00 00 00 00 00 00 00", "illegal-cause"),
            (.monitor, "C8 01 03 00 0A 00 01 00 00 01", "malformed-asdu"),
            (.monitor, "01 02 03 00 0A 00 01 00 00 01", "malformed-asdu"),
        ])
    func types(_ direction: Direction, _ asdu: String, _ rule: String) throws {
        var recording = started()
        recording.send(direction, APDUs.I(0, 0, asdu))
        #expect(try recording.findings() == ["\(direction.text) 6 \(rule)"])
    }

    @Test("a counter that is read is reported with the cause of the request")
    func readCounter() throws {
        var recording = started()
        recording.send(.control, APDUs.I(0, 0, "66 01 05 00 0A 00 01 00 00"))
        recording.send(.monitor, APDUs.I(0, 1, "0F 01 05 00 0A 00 01 00 00 00 00 00 00 00"))
        recording.send(.control, APDUs.S(1))
        #expect(try recording.findings().isEmpty)
    }

    @Test("octets that make no APDU")
    func malformed() throws {
        var recording = started()
        recording.send(.control, "68 04 47 00 00 00")
        #expect(try recording.findings() == ["c2s 6 malformed-apdu"])
    }

    @Test("an activation that isn't answered, and an interrogation that isn't terminated")
    func activations() throws {
        var recording = started()
        recording.send(.control, APDUs.I(0, 0, Self.command))
        recording.send(.control, APDUs.I(1, 0, "64 01 06 00 FF FF 00 00 00 14"))
        recording.send(.monitor, APDUs.I(0, 2, "64 01 07 00 0A 00 00 00 00 14"))
        recording.send(.control, APDUs.S(1))
        for _ in 0..<4 {
            recording.wait(18)
            recording.send(.control, APDUs.testAct)
            recording.send(.monitor, APDUs.testCon)
        }
        #expect(try Set(recording.findings()) == ["c2s 6 unanswered", "s2c 8 unterminated"])
    }

    @Test("a refusal is an answer")
    func refusal() throws {
        var recording = started()
        recording.send(.control, APDUs.I(0, 0, Self.command))
        recording.send(.monitor, APDUs.I(0, 1, "2D 01 6F 00 0A 00 02 00 00 01"))
        recording.send(.control, APDUs.S(1))
        recording.wait(19)
        recording.send(.control, APDUs.testAct)
        #expect(try recording.findings().isEmpty)
    }

    @Test("nonsense that is sent back as unknown is the fault of who sent it first")
    func mirroredNonsense() throws {
        for (type, rule) in [("C8", "malformed-asdu"), ("02", "illegal-type"), ("01", "wrong-direction")] {
            var recording = started()
            let rest = type == "02" ? "05 00 00 01 00 00 00" : "05 00 00 01"
            recording.send(.control, APDUs.I(0, 0, "\(type) 01 06 00 0A 00 \(rest)"))
            recording.send(.monitor, APDUs.I(0, 1, "\(type) 01 6C 00 0A 00 \(rest)"))
            recording.send(.control, APDUs.S(1))
            #expect(try recording.findings() == ["c2s 6 \(rule)"])
        }
    }

    @Test("a capture from the middle: what isn't known isn't judged")
    func middle() throws {
        var recording = Recording(isFromBeginning: false)
        recording.send(.control, APDUs.S(77))
        recording.send(.monitor, APDUs.I(79, 12, Self.event))
        recording.send(.control, APDUs.S(79))
        recording.send(.control, APDUs.I(12, 80, Self.command))
        recording.send(.monitor, APDUs.I(80, 13, "2D 01 07 00 0A 00 02 00 00 01"))
        recording.send(.control, APDUs.S(81))
        #expect(try recording.findings().isEmpty)
    }

    @Test("places that lack octets are counted, also where nothing follows them", arguments: [1, 2])
    func gaps(_ count: Int) throws {
        var recording = started()
        if count == 2 {
            recording.lose(.monitor, APDUs.I(0, 0, Self.event))
            recording.send(.monitor, APDUs.I(1, 0, Self.event))
        }
        recording.lose(.monitor, APDUs.I(2, 0, Self.event))
        recording.send(.control, APDUs.S(3))
        var report = CheckReport(file: "")
        for event in try recording.events() { report.count(event) }
        #expect(report.gaps == count)
        #expect(report.incompleteness?.contains("in \(count) places") == true)
    }

    @Test(
        "a capture of one direction only: what the other would have acknowledged or answered isn't judged",
        arguments: [true, false], [nil, .control, .monitor] as [Direction?])
    func oneWay(isFromBeginning: Bool, direction: Direction?) throws {
        var recording = isFromBeginning ? started() : Recording(isFromBeginning: false)
        for round in 0..<6 {
            recording.send(.control, APDUs.I(round, round * 9, Self.command))
            recording.send(.monitor, APDUs.I(round * 9, round + 1, "2D 01 07 00 0A 00 02 00 00 01"))
            for number in 1...8 { recording.send(.monitor, APDUs.I(round * 9 + number, round + 1, Self.event)) }
            recording.wait(0.5)
            recording.send(.control, APDUs.S((round + 1) * 9))
            recording.wait(4.5)
        }
        if let direction { recording.keep(only: direction) }
        #expect(try recording.findings().isEmpty)
        var report = CheckReport(file: "")
        for event in try recording.events() { report.count(event) }
        #expect(report.apdus > 0)
        #expect((report.incompleteness == nil) == (direction == nil))
    }

    @Test("lost segments: numbers, states and answers are learnt anew", arguments: [false, true])
    func lost(isRevealedLater: Bool) throws {
        var recording = started()
        recording.send(.control, APDUs.I(0, 0, Self.command))
        recording.lose(.monitor, APDUs.I(0, 1, "2D 01 07 00 0A 00 02 00 00 01") + APDUs.I(1, 1, Self.event))
        if !isRevealedLater { recording.send(.monitor, APDUs.I(2, 1, Self.event)) }
        recording.send(.control, APDUs.S(isRevealedLater ? 2 : 3))
        recording.wait(19)
        recording.send(.control, APDUs.testAct)
        recording.send(.monitor, APDUs.testCon)
        recording.wait(60)
        recording.send(.monitor, APDUs.testAct)
        #expect(try recording.findings { $0.t3 = 100 }.isEmpty)
    }
}
