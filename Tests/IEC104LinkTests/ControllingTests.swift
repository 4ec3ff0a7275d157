import IEC104Link
import NIOCore
import Testing

@Suite("Controlling station")
struct ControllingTests {
    @Test("STARTDT act, then data when the con has come")
    func start() {
        let master = LinkEnd(.controlling)
        #expect(master.offer() == [])
        #expect(master.startDataTransfer() == [.startAct])
        #expect(master.link.state == .pendingStarted)
        #expect(master.startDataTransfer() == [], "once is enough")
        #expect(master.offer() == [])
        #expect(master.receive(.startCon, .I(0, 0)) == [.I(0, 1), .I(1, 1)])
        #expect(master.reports == [.started])
        #expect(master.delivered == 1)
    }

    @Test("STARTDT act that isn't confirmed within t1 closes")
    func startUnconfirmed() {
        let master = LinkEnd(.controlling, LinkParameters(t1: 3, t2: 1, t3: 100))
        #expect(master.startDataTransfer() == [.startAct])
        #expect(master.advance(by: .seconds(3) - .nanoseconds(1)) == [])
        #expect(master.fault == nil)
        #expect(master.advance(by: .nanoseconds(1)) == [])
        #expect(master.fault == .unconfirmed(.startDataTransferActivation))
    }

    @Test("LNK-02 I and S frames ahead of STARTDT con close", arguments: [APCI.I(0, 0), .S(0)])
    func frameBeforeConfirmation(frame: APCI) {
        let master = LinkEnd(.controlling)
        #expect(master.startDataTransfer() == [.startAct])
        #expect(master.receive(frame) == [])
        #expect(master.fault == .frameInWrongState(frame, .pendingStarted))
    }

    @Test("STOPDT act with everything acknowledged")
    func stop() {
        let master = LinkEnd.controlling()
        #expect(master.stopDataTransfer() == [.stopAct])
        #expect(master.link.state == .pendingStopped)
        #expect(master.offer() == [], "no I frame leaves any more")
        #expect(master.receive(.stopCon) == [])
        #expect(master.link.state == .stopped)
        #expect(master.reports == [.started, .stopped])
        #expect(master.advance(by: .seconds(3)) == [])
        #expect(master.fault == nil)
    }

    @Test("what was received is acknowledged ahead of STOPDT act")
    func stopAcknowledges() {
        let master = LinkEnd.controlling()
        #expect(master.receive(.I(0, 0)) == [])
        #expect(master.stopDataTransfer() == [.S(1), .stopAct])
    }

    @Test("LNK-10 I frames under way are taken and acknowledged while STOPDT con is awaited")
    func underWay() {
        let master = LinkEnd.controlling()
        #expect(master.offer() == [.I(0, 0)])
        #expect(master.stopDataTransfer() == [.stopAct])
        #expect(master.link.state == .pendingUnconfirmedStopped)
        #expect(master.receive(.I(0, 0), .I(1, 0)) == [.S(2)])
        #expect(master.receive(.S(1)) == [])
        #expect(master.link.state == .pendingStopped)
        #expect(master.receive(.I(2, 1)) == [])
        #expect(master.advance(by: .seconds(1)) == [.S(3)])
        #expect(master.receive(.stopCon) == [])
        #expect(master.delivered == 3)
        #expect(master.fault == nil)
    }

    @Test("an I frame may bring the last acknowledgement while STOPDT con is awaited")
    func lastAcknowledgementByInformation() {
        let master = LinkEnd.controlling()
        #expect(master.offer() == [.I(0, 0)])
        #expect(master.stopDataTransfer() == [.stopAct])
        #expect(master.receive(.I(0, 1)) == [])
        #expect(master.link.state == .pendingStopped)
        #expect(master.receive(.stopCon) == [])
        #expect(master.link.state == .stopped)
    }

    @Test("STOPDT act that isn't confirmed within t1 closes")
    func stopUnconfirmed() {
        let master = LinkEnd.controlling(LinkParameters(t1: 3, t2: 1, t3: 100))
        #expect(master.stopDataTransfer() == [.stopAct])
        #expect(master.advance(by: .seconds(3)) == [])
        #expect(master.fault == .unconfirmed(.stopDataTransferActivation))
    }

    @Test("LNK-17 nothing is acknowledged once STOPDT con has come: a stopped station takes no S frame")
    func nothingAfterStop() {
        let master = LinkEnd.controlling()
        #expect(master.stopDataTransfer() == [.stopAct])
        #expect(master.receive(.I(0, 0), .stopCon) == [])
        #expect(master.advance(by: .seconds(3)) == [])
        #expect(master.startDataTransfer() == [.startAct])
        #expect(master.receive(.startCon) == [])
        #expect(master.fault == nil)
        #expect(master.advance(by: .seconds(1) - .nanoseconds(1)) == [])
        #expect(master.advance(by: .nanoseconds(1)) == [.S(1)], "t2 begins with the new start")
    }

    @Test("LNK-21 STARTDT act and STOPDT act from a controlled station close", arguments: [APCI.startAct, .stopAct])
    func wrongRole(frame: APCI) {
        let master = LinkEnd.controlling()
        #expect(master.receive(frame) == [])
        #expect(master.fault == .frameInWrongState(frame, .started))
    }

    @Test("confirmations that nobody asked for are ignored", arguments: [APCI.startCon, .stopCon, .testCon])
    func unasked(frame: APCI) {
        let master = LinkEnd(.controlling)
        #expect(master.receive(frame) == [])
        #expect(master.link.state == .stopped)
        #expect(master.reports == [])
        let started = LinkEnd.controlling()
        #expect(started.receive(frame) == [])
        #expect(started.link.state == .started)
        #expect(started.fault == nil)
    }

    @Test("LNK-21 a controlled station starts and stops nothing by itself")
    func controlled() {
        let station = LinkEnd(.controlled)
        #expect(station.startDataTransfer() == [])
        #expect(station.stopDataTransfer() == [])
        let started = LinkEnd.started()
        #expect(started.startDataTransfer() == [])
        #expect(started.stopDataTransfer() == [])
        #expect(started.link.state == .started)
    }

    @Test("data transfer starts and stops again and again, and the numbers go on")
    func again() {
        let links = TwoLinks()
        for round in 1...20 {
            links.start()
            links.offerByControlled(3)
            links.offerByControlling(2)
            links.deliver()
            links.stop()
            links.deliver()
            links.advance(by: .seconds(2))
            #expect(links.controlling.link.state == .stopped)
            #expect(links.controlled.link.state == .stopped)
            #expect(links.controlling.delivered == 3 * round)
            #expect(links.controlled.delivered == 2 * round)
        }
        #expect(links.faults == [])
    }
}
