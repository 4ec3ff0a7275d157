import IEC104Channel
import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Link handler: a socket that takes no more")
struct HandlerBackpressureTests {
    @Test("PHY-09 nothing is pulled while the socket takes no more, and all that waits leaves when it does")
    func noPull() throws {
        let bench = try HandlerBench.started()
        bench.isWritable = false
        bench.user.offer(3)
        #expect(bench.user.pulls == 0)
        #expect(try bench.sent() == [])
        bench.isWritable = true
        #expect(try bench.sent() == [joined(APDUs.I(0, 0), APDUs.I(1, 0), APDUs.I(2, 0))])
    }

    @Test("PHY-09 LNK-44 w frames received meanwhile are acknowledged by an S frame, and nothing is pulled for them")
    func noPullAtW() throws {
        let bench = try HandlerBench.started()
        bench.isWritable = false
        bench.user.offer(3)
        let pulls = bench.user.pulls
        try bench.receive(joined(APDUs.I(0, 0), APDUs.I(1, 0)))
        #expect(bench.user.pulls == pulls)
        #expect(try bench.sent() == [APDUs.S(2)])
    }

    @Test("LNK-79 nothing is read while the socket takes no more, and reading goes on when it does")
    func noRead() throws {
        let bench = try HandlerBench.started()
        let reads = bench.reads
        bench.wantsRead()
        #expect(bench.reads == reads + 1)
        bench.isWritable = false
        bench.wantsRead()
        bench.wantsRead()
        #expect(bench.reads == reads + 1)
        bench.isWritable = true
        #expect(bench.reads == reads + 2)
        bench.isWritable = false
        bench.isWritable = true
        #expect(bench.reads == reads + 2, "nobody wanted to read")
    }

    @Test("PHY-09 LNK-32 t1 closes the connection of a peer that doesn't read")
    func unacknowledged() throws {
        let bench = try HandlerBench.started()
        bench.user.offer(4)
        bench.isWritable = false
        bench.advance(by: .seconds(3))
        #expect(bench.closeReason == .fault(.unacknowledged))
    }

    @Test("a large window leaves in writes of bounded size, and completely")
    func boundedWrites() throws {
        let bench = try HandlerBench.started(LinkParameters(k: 32767, w: 8))
        bench.user.offer(10_000)
        let writes = try bench.sent()
        #expect(writes.allSatisfy { octets($0).count < 33 * 1024 })
        #expect(writes.count > 1)
        #expect(writes.map { octets($0).count }.reduce(0, +) == 10_000 * 16)
        #expect(bench.handler.statistics.unacknowledged == 10_000)
    }
}
