import IEC104Model
import NIOCore
import Testing

@testable import IEC104Station

/// Updates that come as state, as event, both ways, late, or not at all.
@Suite("Sources of updates")
struct SourceTests {
    let point = PointAddress(1, 1601)
    let type = TypeIdentification.M_ME_NC_1

    func harness() -> StationHarness {
        StationHarness([point, PointAddress(1, 1602)].map { PointDefinition(address: $0, type: type) })
    }

    func values(_ session: TestSession) throws -> [ProcessValue] {
        try session.drainDecoded().flatMap { $0.objects.compactMap(\.element.processInformation?.value) }
    }

    @Test("MON-29 MON-30 a state is sent if value, quality or cause differ, and only then")
    func stateChanges() {
        let harness = harness()
        #expect(harness.state(point, type, .shortFloat(1)) == .sent)
        #expect(harness.state(point, type, .shortFloat(1)) == .taken)
        #expect(harness.state(point, type, .shortFloat(1), quality: .invalid) == .sent)
        #expect(harness.state(point, type, .shortFloat(1), quality: .invalid, cause: .background) == .sent)
        #expect(harness.state(point, type, .shortFloat(1), quality: .invalid, cause: .background, at: 5) == .sent)
        #expect(harness.state(point, type, .shortFloat(1), quality: .invalid, cause: .background, at: 5) == .taken)
    }

    @Test("an update that arrives both ways is sent once, whichever comes first", arguments: [nil, Int64(1000)])
    func bothWays(timestamp: Int64?) throws {
        let harness = harness()
        let session = harness.startedSession()
        #expect(harness.event(point, type, .shortFloat(1), at: timestamp) == .sent)
        #expect(harness.state(point, type, .shortFloat(1), at: timestamp) == .duplicate)
        #expect(harness.state(point, type, .shortFloat(2), at: timestamp.map { $0 + 1 }) == .sent)
        #expect(harness.event(point, type, .shortFloat(2), at: timestamp.map { $0 + 1 }) == .duplicate)
        #expect(try values(session) == [.shortFloat(1), .shortFloat(2)])
        #expect(harness.station.counters.duplicates == 2)
    }

    @Test("several states under way find their events, in order")
    func severalStates() throws {
        let harness = harness()
        let session = harness.startedSession()
        for number in 1...4 { harness.state(point, type, .shortFloat(Float(number)), at: Int64(number)) }
        for number in 1...4 {
            #expect(harness.event(point, type, .shortFloat(Float(number)), at: Int64(number)) == .duplicate)
        }
        #expect(harness.event(point, type, .shortFloat(4), at: 4) == .sent, "a second event with the same value counts")
        #expect(try values(session).count == 5)
    }

    @Test("a state finds its event whether the point still shows it, shows something else, or shows it again")
    func replacedStates() {
        let harness = harness()
        for (value, time): (Float, Int64) in [(1, 1), (2, 2), (1, 1)] {
            #expect(harness.state(point, type, .shortFloat(value), at: time) == .sent)
        }
        for (value, time): (Float, Int64) in [(1, 1), (2, 2), (1, 1)] {
            #expect(harness.event(point, type, .shortFloat(value), at: time) == .duplicate)
        }
        #expect(harness.event(point, type, .shortFloat(1), at: 1) == .sent)

        harness.state(point, type, .shortFloat(3), at: 3)
        #expect(harness.event(point, type, .shortFloat(4), at: 4) == .sent)
        #expect(harness.event(point, type, .shortFloat(3), at: 3) == .duplicate)

        harness.state(point, type, .shortFloat(5), at: 5)
        harness.station.removeState(of: point, at: 6, now: harness.now)
        #expect(harness.event(point, type, .shortFloat(5), at: 5) == .duplicate)
    }

    @Test("equal events without time count each; a twin is expected for a bounded time only")
    func untimedTwins() {
        let harness = harness()
        harness.state(point, type, .shortFloat(1))
        #expect(harness.event(point, type, .shortFloat(1)) == .duplicate)
        #expect(harness.event(point, type, .shortFloat(1)) == .sent)
        harness.state(point, type, .shortFloat(2))
        harness.advance(by: .seconds(6))
        #expect(harness.event(point, type, .shortFloat(2)) == .sent)
    }

    @Test("an event that returns to a state sent before another event is a change, and is sent")
    func returnToState() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.state(point, type, .shortFloat(1))
        #expect(harness.event(point, type, .shortFloat(2)) == .sent)
        #expect(harness.event(point, type, .shortFloat(1)) == .sent)
        #expect(try values(session) == [.shortFloat(1), .shortFloat(2), .shortFloat(1)])
    }

    @Test("a state read between two writes is an echo and is not sent after the newer event")
    func echo() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, type, .shortFloat(1), at: 1)
        harness.event(point, type, .shortFloat(2), at: 2)
        #expect(harness.state(point, type, .shortFloat(1), at: 1) == .duplicate)
        #expect(harness.state(point, type, .shortFloat(2), at: 2) == .duplicate)
        #expect(try values(session) == [.shortFloat(1), .shortFloat(2)])
    }

    @Test("an echo held back waits for as long as the source is out of reach: what it is the echo of may still come")
    func echoWhileSourceIsGone() throws {
        let harness = harness()
        let session = harness.startedSession()
        for value: Float in [1, 2] { harness.event(point, type, .shortFloat(value)) }
        #expect(harness.state(point, type, .shortFloat(1)) == .deferred)
        harness.station.isSourceReachable = false
        harness.advance(by: .seconds(60))
        #expect(try values(session) == [.shortFloat(1), .shortFloat(2)])
        harness.event(point, type, .shortFloat(3))
        harness.station.isSourceReachable = true
        harness.advance(by: .seconds(6))
        #expect(try values(session) == [.shortFloat(3)])

        for value: Float in [4, 5] { harness.event(point, type, .shortFloat(value)) }
        #expect(harness.state(point, type, .shortFloat(4)) == .deferred)
        harness.station.isSourceReachable = false
        harness.advance(by: .seconds(60))
        harness.station.isSourceReachable = true
        harness.advance(by: .zero)
        #expect(try values(session) == [.shortFloat(4), .shortFloat(5), .shortFloat(4)], "nothing newer came")
    }

    @Test("an echo without time is held back, and counts after all if nothing newer follows")
    func untimedEcho() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, type, .shortFloat(1))
        harness.event(point, type, .shortFloat(2))
        #expect(harness.state(point, type, .shortFloat(1)) == .deferred)
        #expect(try values(session) == [.shortFloat(1), .shortFloat(2)])
        harness.advance(by: .seconds(6))
        #expect(try values(session) == [.shortFloat(1)])

        harness.event(point, type, .shortFloat(3))
        harness.event(point, type, .shortFloat(4))
        #expect(harness.state(point, type, .shortFloat(3)) == .deferred)
        harness.event(point, type, .shortFloat(5))
        harness.advance(by: .seconds(6))
        #expect(try values(session) == [.shortFloat(3), .shortFloat(4), .shortFloat(5)])
    }

    @Test(
        "an echo of one of very many events without time is none the less one: nothing is set back, nothing comes twice"
    )
    func untimedEchoInBurst() throws {
        let harness = harness()
        let session = harness.startedSession()
        for number in 1...10_000 { harness.event(point, type, .shortFloat(Float(number))) }
        #expect(harness.state(point, type, .shortFloat(3000)) == .deferred)
        harness.event(point, type, .shortFloat(10_001))
        harness.advance(by: .seconds(10))
        #expect(try values(session) == (1...10_001).map { .shortFloat(Float($0)) })
        // What was written to the image alone, moments later, waits for no longer than an echo does.
        harness.event(point, type, .shortFloat(1))
        for number in 1...5000 { harness.event(PointAddress(1, 1602), type, .shortFloat(Float(number))) }
        #expect(harness.state(point, type, .shortFloat(2)) == .deferred)
        harness.advance(by: .seconds(5))
        #expect(try values(session).last == .shortFloat(2))
    }

    @Test(
        "a state with time is an echo too when an event without time has replaced its own",
        arguments: [Int64(1000), 999])
    func timedEchoBehindUntimedEvent(timestamp: Int64) throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, type, .shortFloat(1), at: 1000)
        harness.event(point, type, .shortFloat(2))
        #expect(harness.state(point, type, .shortFloat(1), at: timestamp) == .deferred)
        #expect(harness.state(point, type, .shortFloat(2)) == .duplicate)
        #expect(harness.state(point, type, .shortFloat(3), at: 1001) == .sent)
        harness.advance(by: .seconds(10))
        #expect(try values(session) == [.shortFloat(1), .shortFloat(2), .shortFloat(3)])
    }

    @Test("a deadband doesn't hold back the value that takes IV or NT away")
    func deadbandAfterLoss() throws {
        let harness = StationHarness([PointDefinition(address: point, type: type, deadband: 1)])
        let session = harness.startedSession()
        harness.state(point, type, .shortFloat(5))
        harness.station.removeState(of: point, at: StationHarness.moment, now: harness.now)
        #expect(harness.state(point, type, .shortFloat(5.1)) == .sent)
        harness.station.sourceLost(at: StationHarness.moment)
        #expect(harness.state(point, type, .shortFloat(5.2)) == .sent)
        harness.station.sourceReturned(at: StationHarness.moment)
        let last = try session.drainDecoded().flatMap { $0.objects.compactMap(\.element.processInformation) }.last
        #expect(last?.value == .shortFloat(5.2) && last?.quality == .good)
    }

    @Test("that the source is lost is told after the events that came before, also to who has stopped data transfer")
    func sourceLostBehindEvents() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, type, .shortFloat(1))
        session.session.dataTransferStopped()
        for number in 2...300 { harness.event(point, type, .shortFloat(Float(number))) }
        harness.station.sourceLost(at: StationHarness.moment)
        session.session.dataTransferStarted()
        let qualities = try session.drainDecoded().flatMap {
            $0.objects.compactMap(\.element.processInformation?.quality)
        }
        #expect(qualities.count == 301)
        #expect(qualities.dropLast().allSatisfy { $0 == .good })
        #expect(qualities.last == .notTopical)
    }

    @Test("an echo held back is forgotten when its point gets a type of another kind")
    func echoOfAnotherType() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.event(point, type, .shortFloat(1))
        harness.event(point, type, .shortFloat(2))
        #expect(harness.state(point, type, .shortFloat(1)) == .deferred)
        _ = session.drain()
        harness.redefine([PointDefinition(address: point, type: .M_IT_NA_1)])
        harness.advance(by: .seconds(6))
        session.receive("65 01 06 00 01 00 00 00 00 05")
        #expect(try session.drainDecoded().map(\.objects.count) == [1, 1, 1])
    }

    @Test("a state dated before the last state is a change like any other")
    func olderState() {
        let harness = harness()
        #expect(harness.state(point, type, .shortFloat(1), at: 2000) == .sent)
        #expect(harness.state(point, type, .shortFloat(2), at: 1000) == .sent)
    }

    @Test("a removed state keeps the value with IV and NT, is sent once, and recovers with the next write")
    func removal() throws {
        let harness = harness()
        let session = harness.startedSession()
        harness.state(point, type, .shortFloat(1.5))
        harness.station.removeState(of: point, at: 0, now: harness.now)
        harness.station.removeState(of: point, at: 0, now: harness.now)
        harness.station.flush()
        #expect(
            session.drain() == [
                "0D 01 03 00 01 00 41 06 00 00 00 C0 3F 00", "0D 01 03 00 01 00 41 06 00 00 00 C0 3F C0",
            ])
        session.receive("66 01 05 00 01 00 41 06 00")
        #expect(session.drain() == ["0D 01 05 00 01 00 41 06 00 00 00 C0 3F C0"])
        #expect(harness.state(point, type, .shortFloat(1.5)) == .sent)
        #expect(session.drain() == ["0D 01 03 00 01 00 41 06 00 00 00 C0 3F 00"])
    }

    @Test(
        "MON-37 MON-38 while the source is lost points show NT; when it is back only what changed or was marked is sent"
    )
    func sourceLost() {
        let harness = StationHarness([
            PointDefinition(address: point, type: type), PointDefinition(address: PointAddress(1, 1602), type: type),
            PointDefinition(address: PointAddress(1, 1603), type: type),
        ])
        let session = harness.startedSession()
        harness.state(point, type, .shortFloat(1.5))
        harness.state(PointAddress(1, 1602), type, .shortFloat(1.5))
        _ = session.drain()
        harness.station.sourceLost(at: 0)
        #expect(
            session.drain() == ["0D 02 03 00 01 00 41 06 00 00 00 C0 3F 40 42 06 00 00 00 C0 3F 40"])
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(
            session.drain()[1]
                == "0D 83 14 00 01 00 41 06 00 00 00 C0 3F 40 00 00 C0 3F 40 00 00 00 00 C0")
        harness.state(point, type, .shortFloat(0))
        harness.state(PointAddress(1, 1602), type, .shortFloat(1.5))
        harness.station.sourceReturned(at: 0)
        #expect(
            session.drain().sorted() == [
                "0D 01 03 00 01 00 41 06 00 00 00 00 00 00", "0D 01 03 00 01 00 42 06 00 00 00 C0 3F 00",
            ])
    }

    @Test("points outside the definitions are counted, or served with their own type")
    func undefined() {
        let harness = harness()
        #expect(harness.state(PointAddress(1, 9999), type, .shortFloat(1)) == .unmapped)
        #expect(harness.station.counters.unmapped == 1)
        let open = StationHarness([], settings: StationSettings(servesUndefinedPoints: true))
        let session = open.startedSession()
        #expect(open.state(PointAddress(1, 9999), type, .shortFloat(1.5)) == .sent)
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(session.drain().contains("0D 01 14 00 01 00 0F 27 00 00 00 C0 3F 00"))
    }

    @Test("new definitions keep the values of points that stay, and drop the others")
    func redefinition() {
        let harness = StationHarness([
            PointDefinition(address: point, type: type), PointDefinition(address: PointAddress(1, 1), type: .M_SP_NA_1),
        ])
        let session = harness.startedSession()
        harness.state(point, type, .shortFloat(1.5))
        _ = session.drain()
        harness.redefine([
            PointDefinition(address: point, type: .M_ME_TF_1),
            PointDefinition(address: PointAddress(1, 2), type: .M_SP_NA_1),
        ])
        session.receive("64 01 06 00 01 00 00 00 00 14")
        #expect(
            session.drain() == [
                "64 01 07 00 01 00 00 00 00 14", "01 01 14 00 01 00 02 00 00 C0",
                "0D 01 14 00 01 00 41 06 00 00 00 C0 3F 00", "64 01 0A 00 01 00 00 00 00 14",
            ])
        #expect(harness.station.pointCount == 2)
    }
}
