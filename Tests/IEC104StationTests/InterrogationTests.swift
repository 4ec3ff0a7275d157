import IEC104Model
import TestSupport
import Testing

@testable import IEC104Station

@Suite("General interrogation")
struct InterrogationTests {
    let single = PointAddress(1, 1001)
    let double = PointAddress(1, 1101)
    let measured = PointAddress(1, 1601)
    let other = PointAddress(2, 4001)

    func harness(settings: StationSettings = StationSettings()) -> StationHarness {
        let harness = StationHarness(
            [
                PointDefinition(address: single, type: .M_SP_TB_1, groups: InterrogationGroups(group: 1)),
                PointDefinition(address: double, type: .M_DP_NA_1, groups: InterrogationGroups(group: 2)),
                PointDefinition(address: measured, type: .M_ME_TF_1),
                PointDefinition(address: PointAddress(1, 1701), type: .M_IT_NA_1, counterGroup: 1),
                PointDefinition(address: other, type: .M_SP_NA_1),
            ], settings: settings)
        harness.state(single, .M_SP_TB_1, .singlePoint(true))
        harness.state(double, .M_DP_NA_1, .doublePoint(.on))
        harness.state(measured, .M_ME_TF_1, .shortFloat(1.5))
        harness.state(other, .M_SP_NA_1, .singlePoint(false))
        return harness
    }

    @Test(
        "GI-01 GI-03 GI-04 GI-05 GI-20 CI-09 confirmation, every point of the common address with cause 20 and without time tag, termination"
    )
    func stationInterrogation() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(
            session.drain() == [
                "64 01 07 00 01 00 00 00 00 14",
                "01 01 14 00 01 00 E9 03 00 01",
                "03 01 14 00 01 00 4D 04 00 02",
                "0D 01 14 00 01 00 41 06 00 00 00 C0 3F 00",
                "64 01 0A 00 01 00 00 00 00 14",
            ])
    }

    @Test("GI-06 group 1 is answered with cause 21 and its points only")
    func groupInterrogation() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 15")
        #expect(
            session.drain() == [
                "64 01 07 00 01 00 00 00 00 15", "01 01 15 00 01 00 E9 03 00 01", "64 01 0A 00 01 00 00 00 00 15",
            ])
    }

    @Test("GI-07 GI-08 each group has its cause; an empty one is confirmed and terminated", arguments: 22...36)
    func otherGroups(qualifier: Int) {
        let session = harness().startedSession()
        let qoi = hexadecimal(UInt8(qualifier))
        session.receive("64 01 06 00 01 00 00 00 00 \(qoi)")
        let data = qualifier == 22 ? ["03 01 16 00 01 00 4D 04 00 02"] : []
        #expect(
            session.drain() == ["64 01 07 00 01 00 00 00 00 \(qoi)"] + data + ["64 01 0A 00 01 00 00 00 00 \(qoi)"])
    }

    @Test("GI-09 a reserved qualifier is refused, without data or termination", arguments: [0, 1, 19, 37, 63, 64, 255])
    func reservedQualifier(qualifier: Int) {
        let session = harness().startedSession()
        let qoi = hexadecimal(UInt8(qualifier))
        session.receive("64 01 06 00 01 00 00 00 00 \(qoi)")
        #expect(session.drain() == ["64 01 47 00 01 00 00 00 00 \(qoi)"])
    }

    @Test("GI-18 GI-19 a broadcast is confirmed, answered and terminated by each common address")
    func broadcast() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 FF FF 00 00 00 14")
        #expect(
            session.drain() == [
                "64 01 07 00 01 00 00 00 00 14",
                "01 01 14 00 01 00 E9 03 00 01",
                "03 01 14 00 01 00 4D 04 00 02",
                "0D 01 14 00 01 00 41 06 00 00 00 C0 3F 00",
                "64 01 0A 00 01 00 00 00 00 14",
                "64 01 07 00 02 00 00 00 00 14",
                "01 01 14 00 02 00 A1 0F 00 00",
                "64 01 0A 00 02 00 00 00 00 14",
            ])
    }

    @Test("GI-21 DUI-22 the originator address is on the confirmation, the data and the termination")
    func originator() {
        let session = harness().startedSession()
        session.receive("64 01 06 05 02 00 00 00 00 14")
        #expect(
            session.drain() == [
                "64 01 07 05 02 00 00 00 00 14", "01 01 14 05 02 00 A1 0F 00 00", "64 01 0A 05 02 00 00 00 00 14",
            ])
    }

    @Test("GI-10 GI-11 deactivation stops the data; without a running interrogation it is refused")
    func deactivation() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        _ = session.next()
        session.receive("64 01 08 00 01 00 00 00 00 14")
        #expect(session.drain() == ["64 01 09 00 01 00 00 00 00 14"])
        session.receive("64 01 08 00 01 00 00 00 00 14")
        #expect(session.drain() == ["64 01 49 00 01 00 00 00 00 14"])
    }

    @Test("GI-12 GI-13 repeated interrogations are answered one after the other, each with its own termination")
    func repeated() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 02 00 00 00 00 14")
        session.receive("64 01 06 00 02 00 00 00 00 14")
        let one = ["64 01 07 00 02 00 00 00 00 14", "01 01 14 00 02 00 A1 0F 00 00", "64 01 0A 00 02 00 00 00 00 14"]
        #expect(session.drain() == one + one)
    }

    @Test("GI-15 RED-17 each session gets its own answer")
    func twoSessions() {
        let harness = harness()
        let first = harness.startedSession(peer: "127.0.0.1")
        let second = harness.startedSession(peer: "127.0.0.2")
        first.receive("64 01 06 01 02 00 00 00 00 14")
        #expect(second.drain().isEmpty)
        #expect(first.drain().count == 3)
    }

    @Test("GI-16 the answer carries the value of the moment it leaves, and events go in between")
    func currentValues() {
        let harness = harness()
        let session = harness.startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        _ = session.next()
        harness.event(measured, .M_ME_TF_1, .shortFloat(2.5), at: StationHarness.moment)
        let rest = session.drain()
        #expect(rest.contains("0D 01 14 00 01 00 41 06 00 00 00 20 40 00"))
        #expect(rest.contains { $0.hasPrefix("24 01 03 00 01 00 41 06 00 00 00 20 40 00") })
        #expect(!rest.contains("0D 01 14 00 01 00 41 06 00 00 00 C0 3F 00"))
    }

    @Test("GI-16 a long interrogation and a flood of events take turns")
    func fairness() throws {
        let definitions = (1...3000).map { PointDefinition(address: PointAddress(1, $0 * 2), type: .M_ME_NC_1) }
        let harness = StationHarness(definitions)
        let session = harness.startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        for number in 1...200 {
            harness.event(PointAddress(1, 2), .M_ME_NC_1, .shortFloat(Float(number)))
        }
        let causes = try session.drainDecoded().map(\.identifier.cause)
        let events = causes.indices.filter { causes[$0] == .spontaneous }
        let data = causes.indices.filter { causes[$0] == .interrogatedByStation }
        let lastEvent = try #require(events.last)
        #expect(data.count == 100)
        #expect(lastEvent - (events.first ?? 0) > data.count, "events did not wait for the interrogation")
        #expect((data.last ?? 0) < 2 * data.count + 3, "the interrogation did not wait for the events")
    }

    @Test("GI-24 after STOPDT nothing of an interrogation is left over")
    func stopped() {
        let session = harness().startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        _ = session.next()
        session.session.dataTransferStopped()
        session.session.dataTransferStarted()
        #expect(session.drain().isEmpty)
    }

    @Test("GI-25 a point without a value is answered with IV and NT, and isn't sent spontaneously")
    func neverReceived() {
        let harness = StationHarness([PointDefinition(address: single, type: .M_SP_TB_1)])
        let session = harness.startedSession()
        #expect(session.drain().isEmpty)
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(session.drain()[1] == "01 01 14 00 01 00 E9 03 00 C0")
    }

    @Test("GI-27 GI-28 DUI-28 several requests in one are refused, octets that don't fit are discarded")
    func malformed() {
        let harness = harness()
        let session = harness.startedSession()
        session.receive("64 02 06 00 01 00 00 00 00 14 00 00 00 14")
        #expect(session.drain() == ["64 02 47 00 01 00 00 00 00 14 00 00 00 14"])
        session.receive("64 01 06 00 01 00 00 00 00")
        session.receive("64 02 06 00 01 00 00 00 00 14")
        session.receive("64 01")
        #expect(session.drain().isEmpty)
        #expect(harness.station.counters.malformed == 3)
    }

    @Test("time tags are kept in interrogation answers where the configuration asks for it")
    func timeTags() {
        let session = harness(settings: StationSettings(interrogationTimeTags: true)).startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 15")
        #expect(session.drain()[1].hasPrefix("1E 01 15 00 01 00 E9 03 00 01"))
    }

    @Test("GI-26 DUI-32 DUI-34 DUI-36 100 000 points come exactly once, densely packed")
    func largeStation() throws {
        let definitions = (0..<100_000).map {
            PointDefinition(address: PointAddress(7, UInt32($0)), type: $0 % 2 == 0 ? .M_SP_NA_1 : .M_ME_TF_1)
        }
        let harness = StationHarness(definitions)
        let session = harness.startedSession()
        session.receive("64 01 06 00 07 00 00 00 00 14")
        let asdus = try session.drainDecoded()
        let addresses = asdus.dropFirst().dropLast().flatMap { $0.objects.map(\.address.rawValue) }
        #expect(addresses.count == 100_000)
        #expect(Set(addresses).count == 100_000)
        // 60 single points or 30 floats in an ASDU of 249 octets.
        #expect(asdus.count == 2 + (50_000 + 59) / 60 + (50_000 + 29) / 30)
    }

    @Test("DUI-34 a few consecutive addresses before others are no sequence: that would take one ASDU more")
    func shortRun() {
        let objects: [UInt32] = [1, 2, 5, 9]
        let harness = StationHarness(objects.map { PointDefinition(address: PointAddress(1, $0), type: .M_SP_NA_1) })
        let session = harness.startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(
            session.drain()[1] == "01 04 14 00 01 00 01 00 00 C0 02 00 00 C0 05 00 00 C0 09 00 00 C0")
    }

    @Test("DUI-34 consecutive addresses are sent as a sequence: SQ = 1, one address, 40 elements")
    func sequence() {
        let harness = StationHarness(
            (2000..<2040).map { PointDefinition(address: PointAddress(1, $0), type: .M_SP_NA_1) })
        let session = harness.startedSession()
        session.receive("64 01 06 00 01 00 00 00 00 14")
        let data = session.drain()[1]
        #expect(data.hasPrefix("01 A8 14 00 01 00 D0 07 00 C0 C0"))
        #expect(octets(data).count == 6 + 3 + 40)
    }
}
