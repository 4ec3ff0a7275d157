import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Link handler: transfer")
struct HandlerTransferTests {
    @Test("LNK-01 LNK-02 STARTDT con is ahead of the pending data, all in one write")
    func start() throws {
        let bench = try HandlerBench.connected()
        bench.user.offer(2)
        #expect(try bench.sent() == [])
        try bench.receive(APDUs.startAct)
        #expect(try bench.sent() == [joined(APDUs.startCon, APDUs.I(0, 0), APDUs.I(1, 0))])
        #expect(bench.user.events == [.established, .started])
    }

    @Test("PHY-03 nothing is sent before STARTDT but TESTFR act after t3")
    func silentAtFirst() throws {
        let bench = try HandlerBench.connected()
        bench.user.offer(2)
        bench.advance(by: .seconds(4) - .nanoseconds(1))
        #expect(try bench.sent() == [])
        bench.advance(by: .nanoseconds(1))
        #expect(try bench.sent() == [APDUs.testAct])
        #expect(bench.user.pulls == 0)
    }

    @Test("LNK-08 S is ahead of STOPDT con")
    func stop() throws {
        let bench = try HandlerBench.started()
        try bench.receive(joined(APDUs.I(0, 0), APDUs.stopAct))
        #expect(try bench.sent() == [joined(APDUs.S(1), APDUs.stopCon)])
        #expect(bench.user.events.last == .stopped)
        bench.user.offer(1)
        bench.advance(by: .seconds(3))
        #expect(try bench.sent() == [])
    }

    @Test("LNK-10 STOPDT con waits for the acknowledgement of what was sent")
    func pendingStop() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(3)
        _ = try bench.sent()
        try bench.receive(joined(APDUs.I(0, 0), APDUs.stopAct))
        bench.user.offer(1)
        #expect(try bench.sent() == [APDUs.S(1)])
        #expect(!bench.user.events.contains(.stopped))
        try bench.receive(APDUs.S(3))
        #expect(try bench.sent() == [APDUs.stopCon])
        #expect(bench.user.events.last == .stopped)
    }

    @Test("LNK-40 LNK-41 PHY-11 k frames leave in one write, and as many more as are acknowledged")
    func window() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(9)
        #expect(try bench.sent() == [joined(APDUs.I(0, 0), APDUs.I(1, 0), APDUs.I(2, 0), APDUs.I(3, 0))])
        #expect(bench.user.pulls == 4, "the user isn't asked for what can't leave")
        bench.user.link?.wake()
        #expect(try bench.sent() == [])
        try bench.receive(APDUs.S(2))
        #expect(try bench.sent() == [joined(APDUs.I(4, 0), APDUs.I(5, 0))])
        #expect(bench.handler.statistics.unacknowledged == 4)
    }

    @Test("LNK-44 with the window full w frames bring an S frame")
    func acknowledgement() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(5)
        _ = try bench.sent()
        try bench.receive(APDUs.I(0, 0))
        #expect(try bench.sent() == [])
        try bench.receive(joined(APDUs.I(1, 0), APDUs.I(2, 0), APDUs.I(3, 0)))
        #expect(try bench.sent() == [joined(APDUs.S(2), APDUs.S(4))])
    }

    @Test("LNK-35 an S frame t2 after reception")
    func acknowledgementTime() throws {
        let bench = try HandlerBench.started()
        try bench.receive(APDUs.I(0, 0))
        bench.advance(by: .seconds(1) - .nanoseconds(1))
        #expect(try bench.sent() == [])
        bench.advance(by: .nanoseconds(1))
        #expect(try bench.sent() == [APDUs.S(1)])
    }

    @Test("LNK-45 LNK-46 an answer that is ready acknowledges; no S frame is sent, at w neither")
    func piggyback() throws {
        let bench = try HandlerBench.started(LinkParameters(t1: 3, t2: 1, t3: 4, k: 4, w: 1))
        bench.user.onReceived = { bench.user.queue.append($0) }
        try bench.receive(APDUs.I(0, 0, ASDUs.test))
        #expect(try bench.sent() == [APDUs.I(0, 1, ASDUs.test)])
        try bench.receive(joined(APDUs.I(1, 1, ASDUs.test), APDUs.I(2, 1, ASDUs.test)))
        #expect(try bench.sent() == [joined(APDUs.I(1, 2, ASDUs.test), APDUs.I(2, 3, ASDUs.test))])
        bench.advance(by: .seconds(2))
        #expect(try bench.sent() == [])
        bench.user.onReceived = { _ in }
    }

    @Test("acknowledgements can be left to the test of the other end")
    func noAutomaticAcknowledgement() throws {
        let bench = try HandlerBench.started()
        bench.handler.acknowledgesAutomatically = false
        try bench.receive(joined(APDUs.I(0, 0), APDUs.I(1, 0), APDUs.I(2, 0)))
        bench.advance(by: .seconds(2))
        #expect(try bench.sent() == [])
        bench.handler.sendRaw(ByteBuffer(hexadecimal: APDUs.S(3)))
        #expect(try bench.sent() == [APDUs.S(3)])
    }

    @Test("acknowledgements that are held back are held back in I frames too, and made up for")
    func heldAcknowledgements() throws {
        let bench = try HandlerBench.started()
        try bench.receive(joined(APDUs.I(0, 0), APDUs.I(1, 0)))
        #expect(try bench.sent() == [APDUs.S(2)])
        bench.handler.acknowledgesAutomatically = false
        try bench.receive(joined(APDUs.I(2, 0), APDUs.I(3, 0)))
        bench.advance(by: .seconds(2))
        bench.user.queue = [ASDUs.interrogation]
        bench.handler.wake()
        #expect(try bench.sent() == [APDUs.I(0, 2, ASDUs.interrogation)])
        bench.handler.acknowledgesAutomatically = true
        #expect(try bench.sent() == [APDUs.S(4)])
        try bench.receive(APDUs.I(4, 1))
        bench.user.queue = [ASDUs.interrogation]
        bench.handler.wake()
        #expect(try bench.sent() == [APDUs.I(1, 5, ASDUs.interrogation)])
    }

    @Test("a test that is asked for before the connection is established is made then, with its time")
    func testBeforeEstablished() throws {
        let bench = try HandlerBench(.controlled)
        var answers: [Bool] = []
        bench.handler.test(timeout: .seconds(2)) { answers.append($0) }
        #expect(try bench.sent() == [])
        try bench.connect()
        #expect(try bench.sent() == [APDUs.testAct])
        bench.advance(by: .milliseconds(1999))
        #expect(answers == [])
        bench.advance(by: .milliseconds(1))
        #expect(answers == [false])
    }

    @Test("the controlling station starts, sends, and stops")
    func controlling() throws {
        let bench = try HandlerBench.connected(.controlling)
        bench.user.queue = [ASDUs.interrogation]
        bench.handler.startDataTransfer()
        #expect(try bench.sent() == [APDUs.startAct])
        try bench.receive(APDUs.startCon)
        #expect(try bench.sent() == [APDUs.I(0, 0, ASDUs.interrogation)])
        try bench.receive(APDUs.I(0, 1))
        bench.handler.stopDataTransfer()
        #expect(try bench.sent() == [joined(APDUs.S(1), APDUs.stopAct)])
        try bench.receive(APDUs.stopCon)
        #expect(bench.user.events == [.established, .started, .received(ASDUs.point), .stopped])
    }

    @Test("a controlling station may start as soon as the connection is there")
    func startWhenEstablished() throws {
        let bench = try HandlerBench(.controlling)
        bench.user.onEstablished = { $0.startDataTransfer() }
        try bench.connect()
        #expect(try bench.sent() == [APDUs.startAct])
    }

    @Test("counts and observer see every APDU, whichever way it goes")
    func observation() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(2)
        try bench.receive(joined(APDUs.I(0, 1), APDUs.I(1, 2), APDUs.testAct))
        #expect(bench.observer.received == [APDUs.startAct, APDUs.I(0, 1), APDUs.I(1, 2), APDUs.testAct])
        #expect(bench.observer.sent == [APDUs.startCon, APDUs.I(0, 0), APDUs.I(1, 0), APDUs.S(2), APDUs.testCon])
        let statistics = bench.handler.statistics
        #expect(statistics.state == .started)
        #expect(statistics.received == 4 && statistics.informationReceived == 2)
        #expect(statistics.sent == 5 && statistics.informationSent == 2)
        #expect(statistics.unacknowledged == 0)
    }
}
