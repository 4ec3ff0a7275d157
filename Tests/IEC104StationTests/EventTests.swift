import IEC104Model
import NIOCore
import Testing

@testable import IEC104Station

@Suite("Events")
struct EventTests {
    let point = PointAddress(1, 1601)
    let other = PointAddress(1, 1602)

    func harness(_ type: TypeIdentification = .M_ME_NC_1, settings: StationSettings = StationSettings())
        -> StationHarness
    {
        StationHarness(
            [PointDefinition(address: point, type: type), PointDefinition(address: other, type: type)],
            settings: settings)
    }

    @Test("MON-27 every event is sent, in order, none merged")
    func everyEvent() throws {
        let harness = harness()
        let session = harness.startedSession()
        for number in 0..<500 { harness.event(point, .M_ME_NC_1, .shortFloat(Float(number)), at: Int64(number)) }
        let values = try session.drainDecoded().flatMap { $0.objects.compactMap(\.element.processInformation?.value) }
        #expect(values == (0..<500).map { .shortFloat(Float($0)) })
    }

    @Test("DUI-36 neighbours of one type, cause and common address share an ASDU, others don't")
    func packing() {
        let harness = harness()
        let session = harness.startedSession()
        func apply(_ value: Float, cause: CauseOfTransmission) {
            let update = PointUpdate(
                address: point, type: .M_ME_NC_1,
                information: ProcessInformation(value: .shortFloat(value), quality: .good),
                cause: cause, timestamp: 0, hasSourceTimestamp: false, kind: .event)
            harness.station.apply(update, now: harness.now)
        }
        apply(0, cause: .spontaneous)
        apply(1.5, cause: .spontaneous)
        apply(0, cause: .background)
        harness.station.flush()
        #expect(
            session.drain() == [
                "0D 02 03 00 01 00 41 06 00 00 00 00 00 00 41 06 00 00 00 C0 3F 00",
                "0D 01 02 00 01 00 41 06 00 00 00 00 00 00",
            ])
    }

    @Test("MON-35 MON-36 the cause of transmission is the update's own", arguments: [1, 2, 3, 5, 11, 12, 20, 47])
    func cause(rawValue: UInt8) throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, .M_ME_NC_1, .shortFloat(1), cause: CauseOfTransmission(rawValue: rawValue))
        #expect(try session.drainDecoded().map(\.identifier.cause.rawValue) == [rawValue])
    }

    @Test("MON-22 a time-tagged type carries the source's time")
    func timeTag() {
        let harness = harness(.M_SP_TB_1)
        let session = harness.startedSession()
        // 2026-03-29T01:59:59.999Z
        harness.event(point, .M_SP_TB_1, .singlePoint(true), at: 1_774_749_599_999)
        #expect(session.drain() == ["1E 01 03 00 01 00 41 06 00 01 5F EA 3B 01 FD 03 1A"])
    }

    @Test("RED-15 every started session gets every event, at its own pace")
    func fanOut() {
        let harness = harness()
        let sessions = (1...3).map { harness.startedSession(peer: "127.0.0.\($0)") }
        harness.event(point, .M_ME_NC_1, .shortFloat(1))
        let first = sessions[0].drain()
        harness.event(point, .M_ME_NC_1, .shortFloat(2))
        #expect(sessions[0].drain().count == 1)
        #expect(sessions[1].drain().count == 2)
        #expect(sessions[2].drain().first == first.first)
        #expect(sessions.allSatisfy { $0.wakes == 2 })
    }

    @Test("LNK-19 events while stopped are kept in order for the next start")
    func whileStopped() throws {
        let harness = harness()
        let session = harness.startedSession()
        session.session.dataTransferStopped()
        for number in 1...3 { harness.event(point, .M_ME_NC_1, .shortFloat(Float(number))) }
        session.session.dataTransferStarted()
        let values = try session.drainDecoded().flatMap { $0.objects.compactMap(\.element.processInformation?.value) }
        #expect(values == [.shortFloat(1), .shortFloat(2), .shortFloat(3)])
    }

    @Test("RED-12 a new connection begins with the events from its start on")
    func newConnection() {
        let harness = harness()
        _ = harness.startedSession()
        harness.event(point, .M_ME_NC_1, .shortFloat(1))
        #expect(harness.startedSession(peer: "127.0.0.2").drain().isEmpty)
    }

    @Test("RED-07 RED-10 a session that falls more than the buffer behind is closed; the others lose nothing")
    func overrun() throws {
        let harness = harness(settings: StationSettings(eventBuffer: 100))
        let slow = harness.startedSession()
        let fast = harness.startedSession(peer: "127.0.0.2")
        var received = 0
        for number in 1...100 {
            harness.event(point, .M_ME_NC_1, .shortFloat(Float(number)))
            received += fast.drain().count
        }
        #expect(slow.closed == nil)
        harness.event(point, .M_ME_NC_1, .shortFloat(0))
        received += fast.drain().count
        #expect(slow.closed == .overrun(behind: 101))
        #expect(fast.closed == nil)
        #expect(received == 101)
        #expect(harness.station.counters.overruns == 1)
    }

    @Test("RED-08 after an overrun an interrogation tells the present state")
    func afterOverrun() {
        let harness = harness(settings: StationSettings(eventBuffer: 10))
        let slow = harness.startedSession()
        for number in 1...11 { harness.event(point, .M_ME_NC_1, .shortFloat(Float(number))) }
        #expect(slow.closed == .overrun(behind: 11))
        harness.event(point, .M_ME_NC_1, .shortFloat(1.5))
        let next = harness.startedSession()
        next.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(next.drain()[1].hasPrefix("0D 82 14 00 01 00 41 06 00 00 00 C0 3F 00"))
    }

    @Test("what every session has read is given back")
    func memory() {
        let harness = harness()
        let session = harness.startedSession()
        for number in 0..<50_000 {
            harness.event(point, .M_ME_NC_1, .shortFloat(Float(number)))
            _ = session.next()
        }
        #expect(harness.station.log.storedOctets < 200_000)
        session.session.linkClosed()
        #expect(harness.station.log.storedOctets == 0)
    }

    @Test("an event older than the image's value is sent but doesn't set the image back")
    func olderEvent() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, .M_ME_NC_1, .shortFloat(2), at: 2000)
        #expect(harness.event(point, .M_ME_NC_1, .shortFloat(1), at: 1000) == .sent)
        #expect(session.drain().count == 2)
        session.receive("66 01 05 00 01 00 41 06 00")
        #expect(session.drain() == ["0D 01 05 00 01 00 41 06 00 00 00 00 40 00"])
    }

    @Test("INI-01 INI-04 INI-05 end of initialization once per common address and host, before all other data")
    func endOfInitialization() {
        let harness = StationHarness([
            PointDefinition(address: PointAddress(1, 1), type: .M_SP_NA_1),
            PointDefinition(address: PointAddress(2, 1), type: .M_SP_NA_1),
        ])
        let session = harness.startedSession(keepingInitialization: true)
        #expect(session.drain() == ["46 01 04 00 01 00 00 00 00 00", "46 01 04 00 02 00 00 00 00 00"])
        #expect(harness.startedSession(keepingInitialization: true).drain().isEmpty)
    }

    @Test("MON-31 a change below the deadband is kept in the image but not sent; another quality is sent")
    func deadband() {
        let harness = StationHarness([PointDefinition(address: point, type: .M_ME_NC_1, deadband: 1)])
        let session = harness.startedSession()
        harness.event(point, .M_ME_NC_1, .shortFloat(10))
        #expect(harness.event(point, .M_ME_NC_1, .shortFloat(10.5)) == .taken)
        #expect(harness.event(point, .M_ME_NC_1, .shortFloat(10.5), quality: .invalid) == .sent)
        #expect(harness.event(point, .M_ME_NC_1, .shortFloat(11.5), quality: .invalid) == .sent)
        #expect(session.drain().count == 3)
    }

    @Test("MON-33 MON-34 LNK-20 cyclic data has cause 1 or 2, no time tag, and none is made up for after a stop")
    func cyclic() {
        let harness = StationHarness([
            PointDefinition(address: point, type: .M_ME_TF_1, periodicInterval: 2),
            PointDefinition(address: other, type: .M_ME_TF_1, backgroundInterval: 10),
        ])
        harness.state(point, .M_ME_TF_1, .shortFloat(1.5))
        let session = harness.startedSession()
        harness.advance(by: .seconds(2))
        #expect(session.drain() == ["0D 01 01 00 01 00 41 06 00 00 00 C0 3F 00"])
        session.session.dataTransferStopped()
        for _ in 0..<3 { harness.advance(by: .seconds(2)) }
        session.session.dataTransferStarted()
        #expect(session.drain().isEmpty)
        harness.advance(by: .seconds(2))
        #expect(session.drain().map { $0.prefix(8) } == ["0D 01 01", "0D 01 02"])
    }
}
