import IEC104Model
import NIOCore
import Testing

@testable import IEC104Station

@Suite("Counter interrogation")
struct CounterTests {
    let first = PointAddress(1, 1701)
    let second = PointAddress(1, 1702)
    let free = PointAddress(1, 1703)

    func harness(settings: StationSettings = StationSettings()) -> StationHarness {
        let harness = StationHarness(
            [
                PointDefinition(address: first, type: .M_IT_NA_1, counterGroup: 1),
                PointDefinition(address: second, type: .M_IT_TB_1, counterGroup: 2),
                PointDefinition(address: free, type: .M_IT_NA_1),
                PointDefinition(address: PointAddress(1, 1001), type: .M_SP_NA_1),
                PointDefinition(address: PointAddress(2, 4001), type: .M_SP_NA_1),
            ], settings: settings)
        count(harness, first, 100)
        count(harness, second, 200)
        count(harness, free, 300)
        return harness
    }

    func count(_ harness: StationHarness, _ address: PointAddress, _ value: Int32) {
        harness.state(address, .M_IT_NA_1, .integratedTotals(BinaryCounterReading(value: value)))
    }

    /// Asks with a qualifier; the counter values and notations of the answer, without confirmation and termination.
    func ask(_ session: TestSession, _ qualifier: String) throws -> [BinaryCounterReading] {
        session.receive("65 01 06 00 01 00 00 00 00 \(qualifier)")
        return try session.drainDecoded().flatMap { $0.objects }.compactMap { object in
            guard case .integratedTotals(let reading)? = object.element.processInformation?.value else { return nil }
            return reading
        }
    }

    @Test("CI-01 the general request returns every counter with cause 37, without time tag")
    func general() {
        let session = harness().startedSession()
        session.receive("65 01 06 00 01 00 00 00 00 05")
        #expect(
            session.drain() == [
                "65 01 07 00 01 00 00 00 00 05",
                "0F 83 25 00 01 00 A5 06 00 64 00 00 00 00 C8 00 00 00 00 2C 01 00 00 00",
                "65 01 0A 00 01 00 00 00 00 05",
            ])
    }

    @Test("CI-02 CI-17 a group is returned with its own cause; without counters confirmation and termination remain")
    func groups() {
        let session = harness().startedSession()
        session.receive("65 01 06 00 01 00 00 00 00 02")
        #expect(
            session.drain() == [
                "65 01 07 00 01 00 00 00 00 02", "0F 01 27 00 01 00 A6 06 00 C8 00 00 00 00",
                "65 01 0A 00 01 00 00 00 00 02",
            ])
        session.receive("65 01 06 00 02 00 00 00 00 05")
        #expect(session.drain() == ["65 01 07 00 02 00 00 00 00 05", "65 01 0A 00 02 00 00 00 00 05"])
    }

    @Test("CI-03 a freeze is confirmed and returns no data; nothing terminates")
    func freeze() {
        let session = harness().startedSession()
        session.receive("65 01 06 00 01 00 00 00 00 45")
        #expect(session.drain() == ["65 01 07 00 01 00 00 00 00 45"])
        session.receive("65 01 08 00 01 00 00 00 00 45")
        #expect(session.drain() == ["65 01 49 00 01 00 00 00 00 45"], "there is nothing to deactivate")
    }

    @Test("CI-06 after a freeze the frozen values are read, the same for every master, while counters run on")
    func readAfterFreeze() throws {
        let harness = harness()
        let (one, other) = (harness.startedSession(), harness.startedSession(peer: "127.0.0.2"))
        #expect(try ask(one, "45").isEmpty)
        count(harness, first, 150)
        #expect(one.drain() == ["0F 01 03 00 01 00 A5 06 00 96 00 00 00 00"], "events show the running value")
        _ = other.drain()
        #expect(try ask(one, "05").map(\.value) == [100, 200, 300])
        #expect(try ask(other, "05").map(\.value) == [100, 200, 300])
        one.receive("66 01 05 00 01 00 A5 06 00")
        #expect(one.drain() == ["0F 01 05 00 01 00 A5 06 00 96 00 00 00 00"], "read shows the running value")
        #expect(try ask(one, "41").isEmpty)
        #expect(try ask(one, "05").map(\.value) == [150, 200, 300], "group 1 only")
    }

    @Test("CI-04 freeze with reset: nothing is counted twice or lost")
    func freezeWithReset() throws {
        let harness = harness()
        let session = harness.startedSession()
        var frozen = 0
        for reading in [Int32(110), 125, 125, 180] {
            count(harness, first, reading)
            _ = session.drain()
            _ = try ask(session, "81")
            frozen += Int(try ask(session, "01").first?.value ?? 0)
        }
        #expect(frozen == 180)
        count(harness, first, 200)
        #expect(session.drain() == ["0F 01 03 00 01 00 A5 06 00 14 00 00 00 00"], "20 since the last reset")
    }

    @Test("CI-05 a reset sets the running value to 0 and leaves the frozen one")
    func reset() throws {
        let harness = harness()
        let session = harness.startedSession()
        _ = try ask(session, "41")
        _ = try ask(session, "C5")
        #expect(try ask(session, "01").map(\.value) == [100])
        #expect(try ask(session, "02").map(\.value) == [0])
        #expect(try ask(session, "C1").isEmpty)
        count(harness, first, 130)
        #expect(session.drain() == ["0F 01 03 00 01 00 A5 06 00 1E 00 00 00 00"])
    }

    @Test("a counter that wraps at the end of its 32 bits after a reset goes on counting")
    func wrap() {
        let harness = harness()
        count(harness, first, .max)
        let session = harness.startedSession()
        session.receive("65 01 06 00 01 00 00 00 00 C1")
        _ = session.drain()
        count(harness, first, .min)
        #expect(session.drain() == ["0F 01 03 00 01 00 A5 06 00 01 00 00 00 00"])
    }

    @Test("CI-10 the sequence number grows with every freeze and wraps to 0")
    func sequenceNumber() throws {
        let session = harness().startedSession()
        var numbers: [UInt8] = []
        for _ in 0..<33 {
            _ = try ask(session, "41")
            numbers += try ask(session, "01").map(\.sequenceNumber)
        }
        #expect(numbers == Array(1...31) + [0, 1])
    }

    @Test(
        "CI-07 a reserved request is refused, without data or termination", arguments: ["00", "06", "3F", "46", "80"])
    func reserved(qualifier: String) {
        let session = harness().startedSession()
        session.receive("65 01 06 00 01 00 00 00 00 \(qualifier)")
        #expect(session.drain() == ["65 01 47 00 01 00 00 00 00 \(qualifier)"])
    }

    @Test("CI-13 a broadcast is answered by each common address; a broadcast freeze reaches all")
    func broadcast() throws {
        let session = harness().startedSession()
        session.receive("65 01 06 00 FF FF 00 00 00 45")
        #expect(session.drain() == ["65 01 07 00 01 00 00 00 00 45", "65 01 07 00 02 00 00 00 00 45"])
        session.receive("65 01 06 00 FF FF 00 00 00 01")
        #expect(
            session.drain() == [
                "65 01 07 00 01 00 00 00 00 01", "0F 01 26 00 01 00 A5 06 00 64 00 00 00 01",
                "65 01 0A 00 01 00 00 00 00 01", "65 01 07 00 02 00 00 00 00 01", "65 01 0A 00 02 00 00 00 00 01",
            ])
    }

    @Test("CI-14 a wrong cause is answered with 45")
    func wrongCause() {
        let session = harness().startedSession()
        session.receive("65 01 05 00 01 00 00 00 00 05")
        #expect(session.drain() == ["65 01 6D 00 01 00 00 00 00 05"])
    }

    @Test("CI-15 CI-16 requests under way at once are answered one after the other, each completely")
    func overlapping() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        session.receive("65 01 06 00 01 00 00 00 00 01")
        session.receive("65 01 06 00 01 00 00 00 00 01")
        let counters = [
            "65 01 07 00 01 00 00 00 00 01", "0F 01 26 00 01 00 A5 06 00 64 00 00 00 00",
            "65 01 0A 00 01 00 00 00 00 01",
        ]
        #expect(session.drain().suffix(6) == counters + counters)
    }

    @Test("frozen readings carry the time of the freeze where time tags are asked for")
    func timeTags() throws {
        let harness = harness(settings: StationSettings(interrogationTimeTags: true))
        let session = harness.startedSession()
        _ = try ask(session, "42")
        count(harness, second, 250)
        _ = session.drain()
        session.receive("65 01 06 00 01 00 00 00 00 02")
        let data = try session.drainDecoded()[1].objects.first?.element.processInformation
        #expect(data?.time == CP56Time2a(millisecondsSince1970: StationHarness.moment))
        #expect(data?.value == .integratedTotals(BinaryCounterReading(value: 200, sequenceNumber: 1)))
    }
}
