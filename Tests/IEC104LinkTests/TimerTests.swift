import IEC104Link
import NIOCore
import Testing

@Suite("TESTFR and the timers")
struct TimerTests {
    private let instant = TimeAmount.nanoseconds(1)

    @Test("LNK-23 LNK-24 TESTFR act is answered, with a full window too")
    func answer() {
        let station = LinkEnd.started()
        #expect(station.receive(.testAct) == [.testCon])
        #expect(station.offer(9).count == 4)
        #expect(station.receive(.testAct) == [.testCon])
    }

    @Test("LNK-25 five TESTFR act in one read bring five con")
    func five() {
        let station = LinkEnd(.controlled)
        #expect(station.receive(Array(repeating: .testAct, count: 5)) == Array(repeating: .testCon, count: 5))
    }

    @Test("LNK-26 LNK-27 PHY-03 TESTFR act after t3 of silence", arguments: [LinkState.stopped, .started])
    func silence(state: LinkState) {
        let station = LinkEnd(.controlled)
        #expect(station.advance(by: .seconds(2)) == [])
        if state == .started {
            #expect(station.receive(.startAct) == [.startCon])
            #expect(station.advance(by: .seconds(2)) == [])
        }
        #expect(station.advance(by: .seconds(2) - instant) == [])
        #expect(station.advance(by: instant) == [.testAct])
    }

    @Test("LNK-28 any received frame restarts t3")
    func restart() {
        let station = LinkEnd.started()
        for (frame, answer) in [(APCI.S(0), []), (.testAct, [.testCon]), (.I(0, 0), [.S(1)])] as [(APCI, [APCI])] {
            #expect(station.advance(by: .seconds(4) - instant) == [])
            // The S frame that t2 brings comes on the way to the next step.
            #expect(station.receive(frame) + station.advance(by: .seconds(2)) == answer)
            #expect(station.receive(.S(0)) == [])
        }
        #expect(station.advance(by: .seconds(4)) == [.testAct])
    }

    @Test("LNK-29 own frames don't restart t3")
    func ownFrames() {
        let station = LinkEnd.started(LinkParameters(t1: 10, t2: 1, t3: 4, k: 12, w: 8))
        for _ in 0..<3 {
            #expect(station.offer().count == 1)
            #expect(station.advance(by: .seconds(1)) == [])
        }
        #expect(station.offer().count == 1)
        #expect(station.advance(by: .seconds(1) - instant) == [])
        #expect(station.advance(by: instant) == [.testAct])
    }

    @Test("LNK-30 PHY-06 a TESTFR act that isn't answered closes after t1")
    func unanswered() {
        let station = LinkEnd.started()
        #expect(station.advance(by: .seconds(4)) == [.testAct])
        #expect(station.advance(by: .seconds(3) - instant) == [])
        #expect(station.fault == nil)
        #expect(station.advance(by: instant) == [])
        #expect(station.fault == .unconfirmed(.testFrameActivation))
    }

    @Test("LNK-31 other frames don't replace TESTFR con")
    func otherFrames() {
        let station = LinkEnd.started()
        #expect(station.advance(by: .seconds(4)) == [.testAct])
        #expect(station.advance(by: .seconds(2)) == [])
        #expect(station.receive(.S(0), .testAct) == [.testCon])
        #expect(station.advance(by: .seconds(1)) == [])
        #expect(station.fault == .unconfirmed(.testFrameActivation))
    }

    @Test("an answered TESTFR act is followed by the next after t3")
    func answered() {
        let station = LinkEnd.started()
        for _ in 0..<10 {
            #expect(station.advance(by: .seconds(4)) == [.testAct])
            #expect(station.receive(.testCon) == [])
        }
        #expect(station.reports == [.started] + Array(repeating: .testConfirmed, count: 10))
        #expect(station.fault == nil)
    }

    @Test("LNK-32 an I frame that is never acknowledged closes after t1, answered TESTFR or not")
    func unacknowledged() {
        let station = LinkEnd.started(LinkParameters(t1: 10, t2: 1, t3: 4))
        #expect(station.offer() == [.I(0, 0)])
        for _ in 0..<2 {
            #expect(station.advance(by: .seconds(4)) == [.testAct])
            #expect(station.receive(.testCon) == [])
        }
        #expect(station.advance(by: .seconds(2) - instant) == [])
        #expect(station.fault == nil)
        #expect(station.advance(by: instant) == [])
        #expect(station.fault == .unacknowledged)
    }

    @Test("LNK-33 t1 runs from the oldest unacknowledged I frame")
    func oldestFrame() {
        let station = LinkEnd.started(LinkParameters(t1: 10, t2: 1, t3: 100))
        #expect(station.offer() == [.I(0, 0)])
        #expect(station.advance(by: .seconds(5)) == [])
        #expect(station.offer() == [.I(1, 0)])
        #expect(station.advance(by: .seconds(3)) == [])
        #expect(station.receive(.S(1)) == [])
        #expect(station.advance(by: .seconds(7) - instant) == [])
        #expect(station.fault == nil, "nothing happens at t1 of the first frame")
        #expect(station.advance(by: instant) == [])
        #expect(station.fault == .unacknowledged)
    }

    @Test("LNK-33 a newer frame doesn't put t1 off")
    func newerFrame() {
        let station = LinkEnd.started(LinkParameters(t1: 10, t2: 1, t3: 100))
        #expect(station.offer() == [.I(0, 0)])
        #expect(station.advance(by: .seconds(9)) == [])
        #expect(station.offer() == [.I(1, 0)])
        #expect(station.advance(by: .seconds(1)) == [])
        #expect(station.fault == .unacknowledged)
    }

    @Test("LNK-34 t1 stops when everything is acknowledged, by an S or an I frame", arguments: [APCI.S(2), .I(0, 2)])
    func allAcknowledged(frame: APCI) {
        let station = LinkEnd.started(LinkParameters(t1: 3, t2: 1, t3: 100))
        #expect(station.offer(2).count == 2)
        _ = station.receive(frame)
        _ = station.advance(by: .seconds(9))
        #expect(station.fault == nil)
    }

    @Test("LNK-35 t2 after reception an S frame acknowledges")
    func acknowledgementTime() {
        let station = LinkEnd.started()
        #expect(station.offer(9).count == 4)
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.advance(by: .seconds(1) - instant) == [])
        #expect(station.advance(by: instant) == [.S(1)])
        #expect(station.advance(by: .seconds(1)) == [], "once is enough")
    }

    @Test("LNK-36 t2 runs from the oldest unacknowledged received frame, and one S frame is for all")
    func oldestReceived() {
        let station = LinkEnd.started(LinkParameters(t1: 15, t2: 10, t3: 20, k: 12, w: 8))
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.advance(by: .seconds(7)) == [])
        #expect(station.receive(.I(1, 0)) == [])
        #expect(station.advance(by: .seconds(3) - instant) == [])
        #expect(station.advance(by: instant) == [.S(2)])
        #expect(station.receive(.I(2, 0)) == [])
        #expect(station.advance(by: .seconds(10) - instant) == [])
        #expect(station.advance(by: instant) == [.S(3)], "t2 begins anew with the next frame")
    }

    @Test("LNK-45 an I frame on its way stops t2")
    func piggyback() {
        let station = LinkEnd.started()
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.offer() == [.I(0, 1)])
        #expect(station.advance(by: .seconds(2)) == [])
    }

    @Test("LNK-37 the acknowledgement comes before t1 of the other end", arguments: [LinkParameters(), .fast])
    func beforeTheOther(parameters: LinkParameters) {
        let links = TwoLinks.started(parameters)
        links.offerByControlling(1)
        links.offerByControlled(1)
        links.advance(by: parameters.t1 * 5)
        #expect(links.faults == [])
        #expect(links.controlling.link.sentUnacknowledged == 0)
        #expect(links.controlled.link.sentUnacknowledged == 0)
    }

    @Test("a test has its own, shorter time; a second one while the first runs sends nothing but may shorten it")
    func probe() {
        let station = LinkEnd.started(LinkParameters(t1: 15, t2: 10, t3: 100))
        #expect(station.test() == [.testAct])
        #expect(station.advance(by: .seconds(5)) == [])
        #expect(station.test(timeout: .seconds(2)) == [])
        #expect(station.test(timeout: .seconds(60)) == [])
        #expect(station.advance(by: .seconds(2) - instant) == [])
        #expect(station.fault == nil)
        #expect(station.advance(by: instant) == [])
        #expect(station.fault == .unconfirmed(.testFrameActivation))
    }

    @Test("t3 that runs out while a test is unanswered sends no second TESTFR act")
    func silenceDuringTest() {
        let station = LinkEnd.started(LinkParameters(t1: 15, t2: 10, t3: 20))
        #expect(station.advance(by: .seconds(10)) == [])
        #expect(station.test() == [.testAct])
        #expect(station.advance(by: .seconds(12)) == [])
        #expect(station.receive(.testCon) == [])
        #expect(station.advance(by: .seconds(20)) == [.testAct])
        #expect(station.fault == nil)
    }

    @Test("several timers that ran out are all served, t1 before all others")
    func late() {
        let station = LinkEnd.started(LinkParameters(t1: 100, t2: 1, t3: 1))
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.advance(by: .seconds(5)) == [.S(1), .testAct])
        #expect(station.offer() == [.I(0, 1)])
        _ = station.advance(by: .seconds(100))
        #expect(station.fault == .unconfirmed(.testFrameActivation))
    }
}
