import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

/// The user calls the link while the link calls the user.
@Suite("Link handler: calls within calls")
struct HandlerReentrancyTests {
    @Test("wake within received: the answer leaves once, with the turn")
    func wakeWithinReceived() throws {
        let bench = try HandlerBench.started()
        bench.user.onReceived = {
            bench.user.queue.append($0)
            bench.user.link?.wake()
        }
        try bench.receive(joined(APDUs.I(0, 0, ASDUs.test), APDUs.testAct))
        #expect(try bench.sent() == [joined(APDUs.testCon, APDUs.I(0, 1, ASDUs.test))])
        bench.user.onReceived = { _ in }
    }

    @Test("wake within the question for an ASDU changes neither order nor number")
    func wakeWithinPull() throws {
        let bench = try HandlerBench.started()
        bench.user.onPull = { bench.user.link?.wake() }
        bench.user.offer(6)
        #expect(try bench.sent() == [joined(APDUs.I(0, 0), APDUs.I(1, 0), APDUs.I(2, 0), APDUs.I(3, 0))])
        try bench.receive(APDUs.S(4))
        #expect(try bench.sent() == [joined(APDUs.I(4, 0), APDUs.I(5, 0))])
        bench.user.onPull = {}
    }

    @Test("test within the question for an ASDU: TESTFR act leaves, and the I frames stay in order")
    func testWithinPull() throws {
        let bench = try HandlerBench.started()
        bench.user.onPull = {
            if bench.user.pulls == 2 { bench.user.link?.test(timeout: nil, completion: nil) }
        }
        bench.user.offer(3)
        #expect(try bench.sent() == [joined(APDUs.I(0, 0), APDUs.I(1, 0), APDUs.testAct, APDUs.I(2, 0))])
        #expect(bench.handler.statistics.sent == 5)
        bench.user.onPull = {}
    }

    @Test("test within the question for an ASDU that isn't there")
    func testWithinEmptyPull() throws {
        let bench = try HandlerBench.started()
        bench.user.onPull = {
            if bench.user.pulls == 1 { bench.user.link?.test(timeout: nil, completion: nil) }
        }
        bench.user.link?.wake()
        #expect(try bench.sent() == [APDUs.testAct])
        bench.user.onPull = {}
    }

    @Test("close within the question for an ASDU: that ASDU doesn't leave")
    func closeWithinPull() throws {
        let bench = try HandlerBench.started()
        bench.user.onPull = { bench.user.link?.close(.local("overrun")) }
        bench.user.offer(3)
        #expect(try bench.sent() == [])
        #expect(bench.closeReason == .local("overrun"))
        #expect(bench.user.pulls == 1)
        bench.user.onPull = {}
    }

    @Test("test within the answer to a test")
    func testWithinTest() throws {
        let bench = try HandlerBench.started()
        var answers: [Bool] = []
        bench.handler.test(timeout: nil) { first in
            answers.append(first)
            bench.handler.test(timeout: nil) { answers.append($0) }
        }
        try bench.receive(APDUs.testCon)
        #expect(try bench.sent() == [APDUs.testAct, APDUs.testAct])
        try bench.receive(APDUs.testCon)
        #expect(answers == [true, true])
    }

    @Test("STOPDT act and octets of one's own within received leave with the turn")
    func stopWithinReceived() throws {
        let bench = try HandlerBench.connected(.controlling)
        bench.handler.startDataTransfer()
        try bench.receive(APDUs.startCon)
        _ = try bench.sent()
        bench.user.onReceived = { _ in
            bench.handler.sendRaw(ByteBuffer(hexadecimal: "68 04 43 00 00 00"))
            bench.handler.stopDataTransfer()
        }
        try bench.receive(APDUs.I(0, 0))
        #expect(try bench.sent() == [joined(APDUs.testAct, APDUs.S(1), APDUs.stopAct)])
        bench.user.onReceived = { _ in }
    }

    @Test("nobody keeps anybody alive: handler and user go with the channel")
    func lifetime() throws {
        weak var user: ScriptedUser?
        weak var handler: LinkHandler<ScriptedUser>?
        do {
            let bench = try HandlerBench.started()
            (user, handler) = (bench.user, bench.handler)
            bench.user.offer(1)
            bench.channel.close(promise: nil)
            bench.channel.embeddedEventLoop.run()
        }
        #expect(user == nil)
        #expect(handler == nil)
    }
}
