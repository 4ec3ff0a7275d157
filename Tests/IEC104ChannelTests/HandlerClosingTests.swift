import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Link handler: timers, tests and closing")
struct HandlerClosingTests {
    @Test("LNK-26 LNK-30 PHY-06 TESTFR act after t3, closed t1 later")
    func silence() throws {
        let bench = try HandlerBench.started()
        bench.advance(by: .seconds(4))
        #expect(try bench.sent() == [APDUs.testAct])
        bench.advance(by: .seconds(3) - .nanoseconds(1))
        #expect(bench.closeReason == nil)
        bench.advance(by: .nanoseconds(1))
        #expect(bench.closeReason == .fault(.unconfirmed(.testFrameActivation)))
        #expect(!bench.channel.isActive)
    }

    @Test("LNK-28 traffic puts t3 off, and an answered TESTFR act keeps the connection")
    func traffic() throws {
        let bench = try HandlerBench.started()
        for _ in 0..<10 {
            bench.advance(by: .seconds(3))
            try bench.receive(APDUs.S(0))
        }
        #expect(try bench.sent() == [])
        for _ in 0..<10 {
            bench.advance(by: .seconds(4))
            #expect(try bench.sent() == [APDUs.testAct])
            try bench.receive(APDUs.testCon)
        }
        #expect(bench.closeReason == nil)
    }

    @Test("LNK-32 LNK-33 an I frame without acknowledgement closes t1 after the oldest")
    func unacknowledged() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(1)
        bench.advance(by: .seconds(2))
        bench.user.offer(1)
        bench.advance(by: .seconds(1) - .nanoseconds(1))
        #expect(bench.closeReason == nil)
        bench.advance(by: .nanoseconds(1))
        #expect(bench.closeReason == .fault(.unacknowledged))
    }

    @Test("PHY-04 the other end closes: the user is told once, and timers are silent")
    func remote() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(1)
        _ = try bench.sent()
        bench.channel.close(promise: nil)
        bench.channel.embeddedEventLoop.run()
        bench.advance(by: .seconds(60))
        #expect(bench.user.events == [.established, .started, .closed(.remote)])
        #expect(bench.handler.closeReason == nil)
        #expect(try bench.sent() == [])
        #expect(bench.handler.eventLoop == nil)
    }

    @Test("an error of the socket is the reason")
    func socketError() throws {
        struct Broken: Error {}
        let bench = try HandlerBench.started()
        bench.channel.pipeline.fireErrorCaught(Broken())
        #expect(bench.closeReason == .connection("Broken()"))
        #expect(!bench.channel.isActive)
    }

    @Test("the first reason to close counts, and what was ready to leave leaves")
    func local() throws {
        let bench = try HandlerBench.started()
        bench.user.onReceived = { _ in
            bench.user.link?.close(.local("enough"))
            bench.user.link?.close(.local("again"))
        }
        try bench.receive(joined(APDUs.testAct, APDUs.I(0, 0), APDUs.I(1, 0)))
        #expect(try bench.sent() == [APDUs.testCon])
        #expect(bench.user.events == [.established, .started, .received(ASDUs.point), .closed(.local("enough"))])
        bench.user.link?.wake()
        bench.handler.sendRaw(ByteBuffer(hexadecimal: APDUs.testAct))
        bench.handler.startDataTransfer()
        #expect(try bench.sent() == [])
        bench.user.onReceived = { _ in }
    }

    @Test("a connection that never came about is never closed")
    func neverEstablished() throws {
        let bench = try HandlerBench()
        bench.user.link?.wake()
        bench.handler.startDataTransfer()
        bench.channel.close(promise: nil)
        bench.channel.embeddedEventLoop.run()
        #expect(bench.user.events == [])
    }

    @Test("a test is answered: true for all who ask meanwhile, with one TESTFR act")
    func answeredTest() throws {
        let bench = try HandlerBench.started()
        var answers: [Bool] = []
        bench.handler.test(timeout: nil) { answers.append($0) }
        bench.handler.test(timeout: .seconds(2)) { answers.append($0) }
        #expect(try bench.sent() == [APDUs.testAct])
        #expect(answers == [])
        try bench.receive(APDUs.testCon)
        #expect(answers == [true, true])
        bench.handler.test(timeout: nil, completion: nil)
        #expect(try bench.sent() == [APDUs.testAct])
    }

    @Test("a test that isn't answered within its own time closes: false, ahead of the end")
    func unansweredTest() throws {
        let bench = try HandlerBench.started()
        var answers: [Bool] = []
        bench.handler.test(timeout: .seconds(2)) {
            answers.append($0)
            #expect(bench.user.closeReason == nil)
        }
        bench.advance(by: .seconds(2) - .nanoseconds(1))
        #expect(answers == [])
        bench.advance(by: .nanoseconds(1))
        #expect(answers == [false])
        #expect(bench.closeReason == .fault(.unconfirmed(.testFrameActivation)))
    }

    @Test("a test shortens the time of the TESTFR act that t3 has sent")
    func testDuringTest() throws {
        let bench = try HandlerBench.started(LinkParameters(t1: 15, t2: 10, t3: 20))
        bench.advance(by: .seconds(20))
        #expect(try bench.sent() == [APDUs.testAct])
        var answers: [Bool] = []
        bench.handler.test(timeout: .seconds(2)) { answers.append($0) }
        #expect(try bench.sent() == [])
        bench.advance(by: .seconds(2))
        #expect(answers == [false])
    }

    @Test("a test of a connection that ends, or has ended, is answered false")
    func testOfClosed() throws {
        let bench = try HandlerBench.started()
        var answers: [Bool] = []
        bench.handler.test(timeout: nil) { answers.append($0) }
        bench.channel.close(promise: nil)
        bench.channel.embeddedEventLoop.run()
        #expect(answers == [false])
        bench.handler.test(timeout: nil) { answers.append($0) }
        #expect(answers == [false, false])
    }
}
