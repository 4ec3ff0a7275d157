import IEC104Link
import NIOCore
import Testing

@Suite("Window, k and w")
struct WindowTests {
    @Test("LNK-40 exactly k I frames leave without an acknowledgement", arguments: [1, 4, 12, 100])
    func stopAtK(k: Int) {
        let station = LinkEnd.started(LinkParameters(k: k, w: 1))
        #expect(station.offer(k + 10) == (0..<k).map { .I($0, 0) })
        #expect(station.link.sentUnacknowledged == k)
        #expect(!station.link.canSendInformation)
        #expect(station.offer() == [])
        #expect(station.advance(by: .seconds(5)) == [])
    }

    @Test("LNK-41 an acknowledgement of one lets one out")
    func resume() {
        let station = LinkEnd.started()
        #expect(station.offer(10).count == 4)
        #expect(station.receive(.S(1)) == [.I(4, 0)])
        #expect(station.receive(.S(4)) == [.I(5, 0), .I(6, 0), .I(7, 0)])
    }

    @Test("LNK-42 LNK-45 an I frame opens the window too, and the next I frame acknowledges it")
    func resumeByInformation() {
        let station = LinkEnd.started()
        #expect(station.offer(6).count == 4)
        #expect(station.receive(.I(0, 4)) == [.I(4, 1), .I(5, 1)])
        #expect(station.delivered == 1)
        #expect(station.advance(by: .seconds(1)) == [], "nothing is left to acknowledge")
    }

    @Test("LNK-43 k=1 lets one out at a time")
    func one() {
        let station = LinkEnd.started(LinkParameters(k: 1, w: 1))
        #expect(station.offer(5) == [.I(0, 0)])
        for number in 1..<5 { #expect(station.receive(.S(number)) == [.I(number, 0)]) }
        #expect(station.receive(.S(5)) == [])
    }

    @Test("the largest k keeps its window apart from an empty one")
    func largest() {
        let station = LinkEnd.started(LinkParameters(k: 32767, w: 1))
        #expect(station.offer(40_000).count == 32767)
        #expect(station.link.sentUnacknowledged == 32767)
        #expect(station.receive(.S(32767)).count == 40_000 - 32767)
        #expect(station.fault == nil)
    }

    @Test("LNK-44 with the window full an S frame follows the w-th I frame", arguments: [1, 2, 8])
    func acknowledgeAtW(w: Int) {
        let station = LinkEnd.started(LinkParameters(k: 12, w: w))
        #expect(station.offer(20).count == 12)
        for number in 0..<3 * w {
            #expect(station.receive(.I(number, 0)) == ((number + 1) % w == 0 ? [.S(number + 1)] : []))
        }
    }

    @Test("LNK-44 w frames in one read are acknowledged once they are there")
    func acknowledgeInOneRead() {
        let station = LinkEnd.started()
        #expect(station.receive(.I(0, 0), .I(1, 0), .I(2, 0)) == [.S(2)])
        #expect(station.advance(by: .seconds(1)) == [.S(3)])
    }

    @Test("LNK-45 an answer that is ready acknowledges, and no S frame is sent")
    func piggyback() {
        let station = LinkEnd.started(LinkParameters(k: 12, w: 1))
        #expect(station.receive(.startAct) == [.startCon])
        #expect(station.offer(12).count == 12)
        #expect(station.offer() == [])
        #expect(station.receive(.I(0, 1)) == [.I(12, 1)])
    }

    @Test("LNK-46 every I frame carries the newest N(R)")
    func newestNumber() {
        let station = LinkEnd.started(LinkParameters(k: 12, w: 8))
        for number in 0..<30 {
            #expect(station.receive(.I(number, number)) == [])
            #expect(station.offer() == [.I(number, number + 1)])
        }
    }

    @Test("LNK-47 a frame that comes while the window is full is delivered once")
    func windowFull() {
        let station = LinkEnd.started()
        #expect(station.offer(5).count == 4)
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.delivered == 1)
        #expect(station.receive(.S(1)) == [.I(4, 1)])
        #expect(station.delivered == 1)
    }

    @Test("LNK-48 S frames aren't numbered")
    func unnumbered() {
        let station = LinkEnd.started()
        #expect(station.offer() == [.I(0, 0)])
        #expect(station.receive(.S(1), .I(0, 1), .I(1, 1)) == [.S(2)])
        #expect(station.offer() == [.I(1, 2)])
    }

    @Test("an acknowledgement frees the window it is for while time goes by, whatever the ring of times looks like")
    func times() {
        // t1 is 10 s: frame n is sent at n seconds and acknowledged 1...6 seconds later.
        let station = LinkEnd.started(LinkParameters(t1: 10, t2: 1, t3: 1000, k: 12, w: 8))
        var acknowledged = 0
        for second in 0..<2000 {
            #expect(station.offer() == [.I(second & 0x7FFF, 0)])
            let behind = 1 + second % 5
            if second - behind > acknowledged {
                acknowledged = second - behind
                #expect(station.receive(.S(acknowledged)) == [])
            }
            #expect(station.advance(by: .seconds(1)) == [])
        }
        #expect(station.fault == nil)
        #expect(station.mostUnacknowledged <= 12)
        let age = 2000 - acknowledged
        #expect(station.advance(by: .seconds(Int64(10 - age)) - .nanoseconds(1)) == [])
        #expect(station.fault == nil)
        #expect(station.advance(by: .nanoseconds(1)) == [])
        #expect(station.fault == .unacknowledged)
    }
}
