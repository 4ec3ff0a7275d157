import IEC104Model
import NIOCore
import Testing

@testable import IEC104Station

@Suite("Read, clock, test and reset")
struct SystemFunctionTests {
    let single = PointAddress(1, 1001)
    let measured = PointAddress(1, 1601)

    func harness(settings: StationSettings = StationSettings()) -> StationHarness {
        let harness = StationHarness(
            [
                PointDefinition(address: single, type: .M_SP_NA_1),
                PointDefinition(address: measured, type: .M_ME_TF_1),
                PointDefinition(address: PointAddress(2, 4001), type: .M_SP_NA_1),
            ], settings: settings)
        harness.state(single, .M_SP_NA_1, .singlePoint(true))
        harness.state(measured, .M_ME_TF_1, .shortFloat(1.5), quality: .invalid, at: StationHarness.moment)
        return harness
    }

    /// What a started session answers.
    func answers(to hex: String, settings: StationSettings = StationSettings()) -> [String] {
        let session = harness(settings: settings).startedSession()
        session.receive(hex)
        return session.drain()
    }

    // MARK: Read

    @Test("RD-01 a read command returns the point with cause 5 and no confirmation")
    func read() {
        #expect(answers(to: "66 01 05 00 01 00 E9 03 00") == ["01 01 05 00 01 00 E9 03 00 01"])
    }

    @Test("RD-02 RD-05 RD-07 the point's own type with time tag, its quality, the originator; only for who asks")
    func readTimeTagged() {
        let harness = harness()
        let (session, other) = (harness.startedSession(), harness.startedSession(peer: "127.0.0.2"))
        session.receive("66 01 05 09 01 00 41 06 00")
        #expect(session.drain() == ["24 01 05 09 01 00 41 06 00 00 00 C0 3F 80 7B 00 1E 0A 8F 01 1A"])
        #expect(other.drain().isEmpty)
    }

    @Test("RD-03 RD-06 DUI-07 an unknown address is answered with 47, a wrong cause with 45")
    func readRefused() {
        #expect(answers(to: "66 01 05 00 01 00 0F 27 00") == ["66 01 6F 00 01 00 0F 27 00"])
        #expect(answers(to: "66 01 06 00 01 00 E9 03 00") == ["66 01 6D 00 01 00 E9 03 00"])
    }

    // MARK: Clock

    @Test("CS-01 clock synchronization is confirmed with the time received; by default it has no effect (CS-08)")
    func clock() {
        let harness = harness()
        let session = harness.startedSession()
        session.receive("67 01 06 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A")
        #expect(session.drain() == ["67 01 07 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A"])
        #expect(harness.synchronizations.isEmpty)
    }

    @Test("CS-02 CS-06 where the settings accept it the time is taken over, once for a broadcast")
    func acceptedClock() {
        let harness = harness(settings: StationSettings(acceptsClockSynchronization: true))
        let session = harness.startedSession()
        session.receive("67 01 06 00 FF FF 00 00 00 E8 03 1E 0C 2F 06 1A")
        #expect(
            session.drain() == [
                "67 01 07 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A", "67 01 07 00 02 00 00 00 00 E8 03 1E 0C 2F 06 1A",
            ])
        #expect(harness.synchronizations.map(\.description) == ["2026-06-15 12:30:01.000"])
    }

    @Test(
        "CS-05 a time that doesn't exist or is invalid is refused",
        arguments: [
            "E8 03 1E 0C 2F 0D 1A", "E8 03 1E 0C 1F 02 1A", "E8 03 3C 0C 2F 06 1A", "E8 03 9E 0C 2F 06 1A",
            "60 EA 1E 0C 2F 06 1A", "E8 03 1E 18 2F 06 1A", "E8 03 1E 0C 20 06 1A",
        ])
    func badTime(time: String) {
        let harness = harness(settings: StationSettings(acceptsClockSynchronization: true))
        let session = harness.startedSession()
        session.receive("67 01 06 00 01 00 00 00 00 \(time)")
        #expect(session.drain() == ["67 01 47 00 01 00 00 00 00 \(time)"])
        #expect(harness.synchronizations.isEmpty)
    }

    @Test("CS-07 a wrong cause is answered with 45, an object address with 47")
    func clockRefused() {
        #expect(
            answers(to: "67 01 05 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A") == [
                "67 01 6D 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A"
            ])
        #expect(
            answers(to: "67 01 06 00 01 00 01 00 00 E8 03 1E 0C 2F 06 1A") == [
                "67 01 6F 00 01 00 01 00 00 E8 03 1E 0C 2F 06 1A"
            ])
    }

    // MARK: Test

    @Test("TST-01 TST-02 the test command is mirrored with counter and time", arguments: ["34 12", "00 00", "FF FF"])
    func test(counter: String) {
        #expect(
            answers(to: "6B 01 06 00 01 00 00 00 00 \(counter) E8 03 1E 0C 2F 06 1A") == [
                "6B 01 07 00 01 00 00 00 00 \(counter) E8 03 1E 0C 2F 06 1A"
            ])
    }

    @Test("TST-03 TST-05 TST-06 wrong cause, object address, the 101 test command, and too few octets")
    func testRefused() {
        let rest = "34 12 E8 03 1E 0C 2F 06 1A"
        #expect(answers(to: "6B 01 08 00 01 00 00 00 00 \(rest)") == ["6B 01 6D 00 01 00 00 00 00 \(rest)"])
        #expect(answers(to: "6B 01 06 00 01 00 01 00 00 \(rest)") == ["6B 01 6F 00 01 00 01 00 00 \(rest)"])
        #expect(answers(to: "68 01 06 00 01 00 00 00 00 AA 55") == ["68 01 6C 00 01 00 00 00 00 AA 55"])
        #expect(answers(to: "6B 01 06 00 01 00 00 00 00 34 12").isEmpty)
    }

    // MARK: Reset

    @Test("RST-01 RST-06 INI-02 a general reset is confirmed, ends all connections, and is told as COI 2")
    func generalReset() {
        let harness = harness()
        let (session, other) = (harness.startedSession(), harness.startedSession(peer: "127.0.0.2"))
        session.receive("69 01 06 00 01 00 00 00 00 01")
        #expect(session.drain() == ["69 01 07 00 01 00 00 00 00 01"])
        #expect(session.closed == nil, "the confirmation has to go out first")
        harness.advance(by: .milliseconds(500))
        #expect(session.closed == .reset)
        #expect(other.closed == .reset)
        let next = harness.startedSession(keepingInitialization: true)
        #expect(next.drain() == ["46 01 04 00 01 00 00 00 00 02", "46 01 04 00 02 00 00 00 00 02"])
    }

    @Test("RST-02 a reset of the event buffer drops the time-tagged events that wait for who asks, and no others")
    func eventReset() {
        let harness = harness()
        let (session, other) = (harness.startedSession(), harness.startedSession(peer: "127.0.0.2"))
        harness.event(measured, .M_ME_TF_1, .shortFloat(1))
        harness.event(single, .M_SP_NA_1, .singlePoint(false))
        harness.event(measured, .M_ME_TF_1, .shortFloat(2))
        session.receive("69 01 06 00 01 00 00 00 00 02")
        harness.event(single, .M_SP_NA_1, .singlePoint(true))
        #expect(
            session.drain() == [
                "69 01 07 00 01 00 00 00 00 02", "01 01 03 00 01 00 E9 03 00 00", "01 01 03 00 01 00 E9 03 00 01",
            ])
        #expect(other.drain().count == 4)
        harness.event(measured, .M_ME_TF_1, .shortFloat(3))
        #expect(session.drain().count == 1, "later events are sent again")
    }

    @Test("RST-03 a reserved qualifier is refused", arguments: ["00", "03", "7F"])
    func reservedReset(qualifier: String) {
        #expect(
            answers(to: "69 01 06 00 01 00 00 00 00 \(qualifier)") == ["69 01 47 00 01 00 00 00 00 \(qualifier)"])
    }

    @Test("RST-05 a broadcast reset is confirmed by every common address")
    func broadcastReset() {
        #expect(
            answers(to: "69 01 06 00 FF FF 00 00 00 01") == [
                "69 01 07 00 01 00 00 00 00 01", "69 01 07 00 02 00 00 00 00 01",
            ])
    }

    @Test("INI-03 changed parameters are told with bit 8 of COI")
    func changedParameters() {
        let harness = harness()
        _ = harness.startedSession()
        harness.station.initialized(.changedParameters)
        #expect(
            harness.startedSession(keepingInitialization: true).drain() == [
                "46 01 04 00 01 00 00 00 00 80", "46 01 04 00 02 00 00 00 00 80",
            ])
    }

    @Test("INI-07 each controlling station is told once")
    func eachOnce() {
        let harness = harness()
        for peer in ["127.0.0.1", "127.0.0.2"] {
            #expect(harness.startedSession(peer: peer, keepingInitialization: true).drain().count == 2)
            #expect(harness.startedSession(peer: peer, keepingInitialization: true).drain().isEmpty)
        }
    }
}
