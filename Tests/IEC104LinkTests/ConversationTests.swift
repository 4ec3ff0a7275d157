import IEC104Link
import NIOCore
import TestSupport
import Testing

@Suite("Conversations of two links")
struct ConversationTests {
    @Test("PHY-06 LNK-26 with the line cut both ends test, and close after t3 and t1")
    func cut() {
        let links = TwoLinks.started()
        links.advance(by: .seconds(7) - .nanoseconds(1), delivering: false)
        #expect(links.faults == [])
        #expect(links.towardsControlled == [.testAct])
        #expect(links.towardsControlling == [.testAct])
        links.advance(by: .nanoseconds(1), delivering: false)
        #expect(links.faults == [.unconfirmed(.testFrameActivation), .unconfirmed(.testFrameActivation)])
    }

    @Test("PHY-13 LNK-34 an idle connection lives for a day, started or not", arguments: [true, false])
    func idle(isStarted: Bool) {
        let links = TwoLinks(LinkParameters())
        if isStarted { links.start() }
        links.deliver()
        links.advance(by: .hours(24))
        #expect(links.faults == [])
        #expect(links.sentByControlled.filter { $0 != .testAct && $0 != .testCon && $0 != .startCon } == [])
    }

    @Test("LNK-12 LNK-32 frames that stay under way close the end that sent them")
    func stuck() {
        let links = TwoLinks.started()
        links.offerByControlled(1)
        links.advance(by: .seconds(3), delivering: false)
        #expect(links.controlled.fault == .unacknowledged)
        #expect(links.controlling.fault == nil)
    }

    @Test(
        "LNK-21 LNK-37 LNK-40 random traffic, delays, starts and stops: no fault, nothing lost, k respected",
        arguments: 1...40)
    func random(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let k = Int.random(in: 1...12, using: &generator)
        let parameters = LinkParameters(
            t1: 15, t2: 10, t3: 20, k: k, w: Int.random(in: 1...k, using: &generator))
        let links = TwoLinks(parameters)
        var (byControlled, byControlling) = (0, 0)
        for _ in 0..<2000 {
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: links.start()
            case 1: links.stop()
            case 2, 3:
                byControlled += 1
                links.offerByControlled(1)
            case 4, 5:
                byControlling += 1
                links.offerByControlling(1)
            case 6, 7: links.deliverToControlled()
            case 8, 9: links.deliverToControlling()
            default:
                links.advance(by: .milliseconds(Int64.random(in: 0...2000, using: &generator)), delivering: true)
            }
        }
        // Whatever state the last step has left, a start brings everything across.
        links.deliver()
        links.advance(by: .seconds(30))
        links.start()
        links.deliver()
        links.advance(by: .seconds(30))
        #expect(links.faults == [])
        #expect(links.controlling.delivered == byControlled)
        #expect(links.controlled.delivered == byControlling)
        #expect(links.controlled.mostUnacknowledged <= k && links.controlling.mostUnacknowledged <= k)
        #expect(!links.sentByControlled.contains(.startAct) && !links.sentByControlled.contains(.stopAct))
    }

    @Test("a storm of random frames never crashes and ends in a fault or goes on", arguments: 1...20)
    func storm(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed) << 32)
        let end = LinkEnd(seed % 2 == 0 ? .controlled : .controlling)
        if seed % 2 == 1 { _ = end.startDataTransfer() }
        let functions = UFunction.allCases
        for _ in 0..<500 where end.fault == nil {
            let number = Int.random(in: 0...32767, using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: _ = end.receive(.S(number % 3))
            case 1: _ = end.receive(.I(number % 3, number % 2))
            case 2: _ = end.offer(number % 5)
            case 3: _ = end.advance(by: .milliseconds(Int64(number)))
            default: _ = end.receive(.unnumbered(functions[number % functions.count]))
            }
            #expect(end.link.sentUnacknowledged <= 4)
        }
    }
}
