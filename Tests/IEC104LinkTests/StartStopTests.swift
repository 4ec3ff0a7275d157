import IEC104Link
import NIOCore
import Testing

@Suite("STARTDT and STOPDT, controlled station")
struct StartStopTests {
    @Test("LNK-01 LNK-02 LNK-49 after STARTDT act comes the con, then pending data from N(S)=0")
    func start() {
        let station = LinkEnd(.controlled)
        #expect(station.offer(2) == [])
        #expect(station.link.state == .stopped)
        #expect(station.receive(.startAct) == [.startCon, .I(0, 0), .I(1, 0)])
        #expect(station.link.state == .started)
        #expect(station.reports == [.started])
    }

    @Test("LNK-03 a second STARTDT act is confirmed and changes nothing")
    func startWhenStarted() {
        let station = LinkEnd.started()
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.offer(2) == [.I(0, 1), .I(1, 1)])
        #expect(station.receive(.startAct) == [.startCon])
        #expect(station.reports == [.started], "the user isn't told again")
        #expect(station.link.sentUnacknowledged == 2)
        #expect(station.receive(.I(1, 2)) == [])
        #expect(station.offer() == [.I(2, 2)])
        #expect(station.delivered == 2)
    }

    @Test("LNK-04 PHY-03 an I frame before STARTDT closes and isn't delivered")
    func informationBeforeStart() {
        let station = LinkEnd(.controlled)
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.fault == .frameInWrongState(.I(0, 0), .stopped))
        #expect(station.delivered == 0)
    }

    @Test("LNK-05 an S frame before STARTDT closes")
    func supervisoryBeforeStart() {
        let station = LinkEnd(.controlled)
        #expect(station.receive(.S(0)) == [])
        #expect(station.fault == .frameInWrongState(.S(0), .stopped))
    }

    @Test("LNK-06 TESTFR act before STARTDT is answered")
    func testBeforeStart() {
        let station = LinkEnd(.controlled)
        #expect(station.receive(.testAct) == [.testCon])
        #expect(station.link.state == .stopped)
    }

    @Test("LNK-07 with everything confirmed STOPDT act is confirmed at once, and no I frame follows")
    func plainStop() {
        let station = LinkEnd.started()
        #expect(station.offer(2) == [.I(0, 0), .I(1, 0)])
        #expect(station.receive(.S(2)) == [])
        #expect(station.receive(.stopAct) == [.stopCon])
        #expect(station.link.state == .stopped)
        #expect(station.reports == [.started, .stopped])
        #expect(station.offer(3) == [])
        #expect(station.advance(by: .seconds(3)) == [])
    }

    @Test("LNK-08 received frames are acknowledged before STOPDT con")
    func stopAcknowledges() {
        let station = LinkEnd.started()
        #expect(station.receive(.I(0, 0), .stopAct) == [.S(1), .stopCon])
        #expect(station.advance(by: .seconds(3)) == [], "t2 has nothing left to do")
    }

    @Test("LNK-08 an I frame that carried the acknowledgement spares the S frame")
    func stopAfterPiggyback() {
        let station = LinkEnd.started()
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.offer() == [.I(0, 1)])
        #expect(station.receive(.S(1), .stopAct) == [.stopCon])
    }

    @Test("LNK-09 nothing to acknowledge, no S frame")
    func noNeedlessAcknowledgement() {
        let station = LinkEnd.started()
        #expect(station.receive(.stopAct) == [.stopCon])
    }

    @Test("LNK-16 LNK-17 I and S frames after STOPDT con close", arguments: [APCI.I(0, 0), .S(0)])
    func frameAfterStop(frame: APCI) {
        let station = LinkEnd.started()
        #expect(station.receive(.stopAct) == [.stopCon])
        #expect(station.receive(frame) == [])
        #expect(station.fault == .frameInWrongState(frame, .stopped))
        #expect(station.delivered == 0)
    }

    @Test("LNK-18 STOPDT act in stopped state is confirmed")
    func stopWhenStopped() {
        let station = LinkEnd(.controlled)
        #expect(station.receive(.stopAct) == [.stopCon])
        #expect(station.reports == [], "the user isn't told: nothing has changed")
    }

    @Test("LNK-19 what waited while stopped follows the next STARTDT con; N(S) goes on")
    func restart() {
        let station = LinkEnd.started()
        #expect(station.offer(2) == [.I(0, 0), .I(1, 0)])
        #expect(station.receive(.I(0, 2)) == [])
        #expect(station.receive(.stopAct) == [.S(1), .stopCon])
        #expect(station.offer(3) == [])
        #expect(station.receive(.startAct) == [.startCon, .I(2, 1), .I(3, 1), .I(4, 1)])
        #expect(station.receive(.I(1, 5)) == [])
        #expect(station.fault == nil)
    }

    @Test(
        "LNK-22 confirmations that nobody asked for are ignored",
        arguments: [APCI.startCon, .stopCon, .testCon], [LinkState.stopped, .started, .pendingUnconfirmedStopped])
    func unaskedConfirmation(frame: APCI, state: LinkState) {
        let station = LinkEnd(.controlled)
        if state != .stopped { #expect(station.receive(.startAct) == [.startCon]) }
        if state == .pendingUnconfirmedStopped {
            #expect(station.offer() == [.I(0, 0)])
            #expect(station.receive(.stopAct) == [])
        }
        let reports = station.reports
        #expect(station.link.state == state)
        #expect(station.receive(frame) == [])
        #expect(station.link.state == state)
        #expect(station.reports == reports)
        #expect(station.fault == nil)
    }
}
