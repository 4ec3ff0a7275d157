import NIOCore
import Testing

@testable import IEC104Link

@Suite("Sequence numbers")
struct SequenceNumberTests {
    @Test("LNK-49 both directions start at 0")
    func startValues() {
        let station = LinkEnd.started()
        #expect(station.offer() == [.I(0, 0)])
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.offer() == [.I(1, 1)])
    }

    @Test("LNK-50 N(S) follows 32767 with 0: FE FF, then 00 00")
    func wrapOfSending() {
        let station = LinkEnd.started()
        station.sendUntil(32766)
        #expect(station.offer(4) == [.I(32766, 0), .I(32767, 0), .I(0, 0), .I(1, 0)])
        #expect(APCI.I(32767, 0).controlField == 0x0000_FFFE)
        #expect(APCI.I(0, 0).controlField == 0)
        #expect(station.receive(.S(2)) == [])
        #expect(station.fault == nil)
    }

    @Test("LNK-51 N(R) follows 32767 with 0")
    func wrapOfReceiving() {
        let station = LinkEnd.started()
        station.receiveUntil(32766)
        #expect(station.receive(.I(32766, 0), .I(32767, 0)) == [.S(0)])
        #expect(station.receive(.I(0, 0), .I(1, 0)) == [.S(2)])
        #expect(station.fault == nil)
    }

    @Test("LNK-50 LNK-51 33 000 I frames each way, none lost, none doubled, the window never above k")
    func bothWays() {
        let links = TwoLinks.started(LinkParameters())
        links.offerByControlled(33_000)
        links.offerByControlling(33_000)
        links.deliver()
        links.advance(by: .seconds(11))
        #expect(links.faults == [])
        #expect(links.controlled.delivered == 33_000)
        #expect(links.controlling.delivered == 33_000)
        #expect(links.controlled.mostUnacknowledged <= 12 && links.controlling.mostUnacknowledged <= 12)
        #expect(links.controlled.link.sentUnacknowledged == 0 && links.controlling.link.sentUnacknowledged == 0)
        #expect(links.controlled.link.sendState.rawValue == 33_000 - 32_768)
    }

    @Test("LNK-52 a window across the wrap is acknowledged in part")
    func windowAcrossWrap() {
        let station = LinkEnd.started(LinkParameters(k: 6, w: 4))
        station.sendUntil(32766)
        #expect(station.offer(7) == [.I(32766, 0), .I(32767, 0), .I(0, 0), .I(1, 0), .I(2, 0), .I(3, 0)])
        #expect(station.receive(.S(1)) == [.I(4, 0)])
        #expect(station.link.sentUnacknowledged == 4)
        #expect(station.receive(.S(32767)) == [])
        #expect(station.fault == .receiveSequence(oldest: .init(1), next: .init(5), received: .init(32767)))
    }

    @Test(
        "LNK-53 LNK-54 LNK-55 a lost, repeated or far-off N(S) closes, and the frame isn't delivered",
        arguments: [2, 0, 16384, 32767])
    func wrongSend(number: Int) {
        let station = LinkEnd.started()
        #expect(station.receive(.I(0, 0)) == [])
        #expect(station.receive(.I(number, 0), .I(1, 0)) == [])
        #expect(station.fault == .sendSequence(expected: .init(1), received: .init(number)))
        #expect(station.delivered == 1)
    }

    @Test("LNK-53 a frame lost on the line closes the connection")
    func lostOnTheLine() {
        let links = TwoLinks.started()
        links.offerByControlling(2)
        links.dropTowardsControlled()
        links.deliver()
        #expect(links.controlled.fault == .sendSequence(expected: .init(0), received: .init(1)))
        #expect(links.controlled.delivered == 0)
    }

    @Test(
        "LNK-56 LNK-57 N(R) ahead of what was sent closes, and the frame isn't delivered",
        arguments: [APCI.S(3), .I(0, 3)])
    func tooFar(frame: APCI) {
        let station = LinkEnd.started()
        #expect(station.offer(2).count == 2)
        #expect(station.receive(frame) == [])
        #expect(station.fault == .receiveSequence(oldest: .init(0), next: .init(2), received: .init(3)))
        #expect(station.delivered == 0)
    }

    @Test("LNK-58 N(R) that goes back closes")
    func back() {
        let station = LinkEnd.started(LinkParameters(k: 12, w: 8))
        #expect(station.offer(6).count == 6)
        #expect(station.receive(.S(5), .S(3)) == [])
        #expect(station.fault == .receiveSequence(oldest: .init(5), next: .init(6), received: .init(3)))
    }

    @Test("LNK-59 the same N(R) again has no effect")
    func again() {
        let station = LinkEnd.started(LinkParameters(k: 12, w: 8))
        #expect(station.offer(6).count == 6)
        #expect(station.receive(.S(5), .S(5)) == [])
        #expect(station.fault == nil)
        #expect(station.link.sentUnacknowledged == 1)
    }

    @Test("LNK-60 every link has its own numbers")
    func independent() {
        let (one, other) = (LinkEnd.started(), LinkEnd.started())
        #expect(one.offer(3).count == 3)
        #expect(one.receive(.I(0, 3)) == [])
        #expect(other.offer() == [.I(0, 0)])
    }

    @Test("numbers count modulo 32768")
    func arithmetic() {
        #expect(SequenceNumber(32768).rawValue == 0)
        #expect(SequenceNumber(-1).rawValue == 32767)
        #expect(SequenceNumber(32767).advanced(by: 1) == SequenceNumber(0))
        #expect(SequenceNumber(1).distance(from: SequenceNumber(32766)) == 3)
        #expect(SequenceNumber(32766).distance(from: SequenceNumber(1)) == 32765)
        #expect(SequenceNumber(5).distance(from: SequenceNumber(5)) == 0)
    }
}
