import IEC104Link
import IEC104Model
import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

/// Each connection is a redundancy group of its own.
@Suite("Several controlling stations")
struct SeveralMastersTests {
    private let points = TestStation.row(of: 1, type: 36, first: 1601)

    private func event(_ number: Int) -> String {
        #"{"casdu":1,"ioa":1601,"value":\#(number),"timestamp":\#(StationBench.moment + Int64(number))}"#
    }

    @Test(
        "RED-07 RED-08 RED-10 a master that falls too far behind is closed, others lose nothing; it asks for the state")
    func overflow() throws {
        let bench = try StationBench(points, settings: StationSettings(eventBuffer: 100))
        let (slow, fast) = (try bench.started(), try bench.started("127.0.0.2"))
        var received = 0
        // k frames with one event each are under way; the buffer holds 100 more.
        for number in 0..<104 {
            try bench.add(event(number))
            received += try decoded(fast.drain()).values.count
        }
        #expect(slow.closeReason == nil)
        try bench.add(event(104))
        received += try decoded(fast.drain()).values.count
        #expect(slow.closeReason == .local("101 events behind"))
        #expect(received == 105 && fast.closeReason == nil)
        slow.disconnect()
        let again = try bench.started()
        #expect(try decoded(again.ask(Requests.interrogation())).values == [.shortFloat(104)])
    }

    @Test("RED-12 PHY-05 what waits for a connection is discarded when it ends; the next one begins with new events")
    func ownGroup() throws {
        let bench = try StationBench(points)
        let master = try bench.started()
        for number in 0..<10 { try bench.add(event(number)) }
        master.disconnect()
        try bench.add(event(10))
        let again = try bench.started()
        #expect(try again.drain() == [])
        try bench.add(event(11))
        #expect(try decoded(again.drain()).values == [.shortFloat(11)])
    }

    @Test("RED-15 LNK-60 two masters get the same event with the same time tag, numbered by their own connection")
    func sameEvent() throws {
        let bench = try StationBench(points)
        let (one, other) = (try bench.started(), try bench.started("127.0.0.2"))
        _ = try one.ask(Requests.test)
        try bench.add(event(1))
        let (ofOne, ofOther) = (try one.receive(), try other.receive())
        #expect(BenchMaster.asdus(ofOne) == BenchMaster.asdus(ofOther))
        #expect(BenchMaster.asdus(ofOne).count == 1)
        #expect(ofOne != ofOther)
    }

    @Test("RED-18 LNK-26 idle connections are tested each by itself, t3 after its own last frame")
    func silence() throws {
        let bench = try StationBench(points)
        let one = try bench.started()
        bench.advance(by: .seconds(2))
        let other = try bench.started("127.0.0.2")
        bench.advance(by: .seconds(2))
        #expect(try one.receive() == [APDUs.testAct])
        #expect(try other.receive() == [])
        try one.send(APDUs.testCon)
        bench.advance(by: .seconds(2))
        #expect(try one.receive() == [])
        #expect(try other.receive() == [APDUs.testAct])
        bench.advance(by: .seconds(3))
        #expect(one.closeReason == nil)
        #expect(other.closeReason == .fault(.unconfirmed(.testFrameActivation)))
    }

    @Test("RED-17 what one master asks, the other sees nothing of")
    func answersToTheAsking() throws {
        let bench = try StationBench()
        let (one, other) = (try bench.started(), try bench.started("127.0.0.2"))
        for request in [
            Requests.interrogation(), Requests.counters("05"), Requests.read("E9 03 00"), Requests.test,
            Requests.interrogation("03 00"),
        ] {
            #expect(!(try one.ask(request)).isEmpty)
            #expect(try other.receive() == [])
        }
    }
}
