import IEC104Link
import NIOCore
import Testing

@Suite("Pending unconfirmed stopped, controlled station")
struct PendingStopTests {
    /// Three I frames are unconfirmed when STOPDT act comes.
    private func pending(_ parameters: LinkParameters = .fast) -> LinkEnd {
        let station = LinkEnd.started(parameters)
        #expect(station.offer(3) == [.I(0, 0), .I(1, 0), .I(2, 0)])
        #expect(station.receive(.stopAct) == [])
        #expect(station.link.state == .pendingUnconfirmedStopped)
        return station
    }

    @Test("LNK-10 STOPDT con waits for the last acknowledgement, and no I frame leaves meanwhile")
    func confirmationWaits() {
        let station = pending()
        #expect(station.offer(2) == [])
        #expect(station.receive(.S(3)) == [.stopCon])
        #expect(station.link.state == .stopped)
        #expect(station.reports == [.started, .stopped])
        #expect(station.advance(by: .seconds(3)) == [])
        #expect(station.backlog == 2, "what came too late waits for the next start")
    }

    @Test("LNK-08 LNK-10 what was received is acknowledged when STOPDT act comes")
    func acknowledgement() {
        let station = LinkEnd.started()
        #expect(station.offer(2) == [.I(0, 0), .I(1, 0)])
        #expect(station.receive(.I(0, 0), .stopAct) == [.S(1)])
        #expect(station.receive(.S(2)) == [.stopCon])
    }

    @Test("LNK-11 a partial acknowledgement isn't enough")
    func partialAcknowledgement() {
        let station = pending()
        #expect(station.receive(.S(1)) == [])
        #expect(station.link.state == .pendingUnconfirmedStopped)
        #expect(station.receive(.S(3)) == [.stopCon])
    }

    @Test("LNK-12 never acknowledged: closed at t1 after the oldest frame, without STOPDT con")
    func neverAcknowledged() {
        let station = LinkEnd.started()
        #expect(station.offer() == [.I(0, 0)])
        #expect(station.advance(by: .seconds(1)) == [])
        #expect(station.offer() == [.I(1, 0)])
        #expect(station.receive(.stopAct) == [])
        #expect(station.advance(by: .seconds(2) - .nanoseconds(1)) == [])
        #expect(station.fault == nil)
        #expect(station.advance(by: .nanoseconds(1)) == [])
        #expect(station.fault == .unacknowledged)
    }

    @Test("LNK-13 an I frame closes, even one that acknowledges everything")
    func information() {
        let station = pending()
        #expect(station.receive(.I(0, 3)) == [])
        #expect(station.fault == .frameInWrongState(.I(0, 3), .pendingUnconfirmedStopped))
        #expect(station.delivered == 0)
    }

    @Test("LNK-14 TESTFR act is answered")
    func test() {
        let station = pending()
        #expect(station.receive(.testAct) == [.testCon])
        #expect(station.receive(.S(3)) == [.stopCon])
    }

    @Test("LNK-15 STARTDT act takes the stop back: data resume with the next N(S)")
    func restart() {
        let station = pending()
        #expect(station.offer(1) == [])
        #expect(station.receive(.startAct) == [.startCon, .I(3, 0)])
        #expect(station.link.state == .started)
        #expect(station.receive(.S(4)) == [], "no STOPDT con is owed any more")
        #expect(station.fault == nil)
    }

    @Test("LNK-18 a second STOPDT act isn't confirmed before its time, and then once")
    func secondStop() {
        let station = pending()
        #expect(station.receive(.stopAct) == [])
        #expect(station.receive(.S(3)) == [.stopCon])
    }

    @Test("LNK-56 N(R) beyond what was sent closes here too")
    func tooFar() {
        let station = pending()
        #expect(station.receive(.S(4)) == [])
        #expect(station.fault == .receiveSequence(oldest: .init(0), next: .init(3), received: .init(4)))
    }

    @Test("LNK-27 t3 and t1 of the TESTFR go on in this state")
    func timers() {
        let station = pending(LinkParameters(t1: 100, t2: 1, t3: 4, k: 4, w: 2))
        #expect(station.advance(by: .seconds(4)) == [.testAct])
        #expect(station.receive(.testCon) == [])
        #expect(station.reports == [.started, .testConfirmed])
    }
}
