import IEC104Model
import Testing

@testable import ConnectorCore

@Suite("The time of the station")
struct StationClockBoxTests {
    private let box = StationClockBox()

    @Test("is the host's, in UTC, until something else is said")
    func host() {
        let before = StationClock.now()
        let now = box.now()
        #expect(before...StationClock.now() ~= now)
        #expect(box.current.timeTag(moment).description == "2026-01-15 10:30:00.123")
    }

    @Test("is taken over from a controlling station, in the zone in force, and given back")
    func synchronization() throws {
        box.current = StationClock(zone: "Europe/Berlin")
        let ahead = try #require(box.synchronize(to: CP56Time2a(millisecondsSince1970: moment, utcOffsetSeconds: 3600)))
        #expect(ahead < 0, "the time taken over lies in the past")
        #expect(0..<60_000 ~= box.now() - moment)
        box.forgetSynchronization()
        #expect(abs(StationClock.now() - box.now()) < 60_000)
    }

    @Test("isn't touched by a time that doesn't exist")
    func impossible() {
        #expect(box.synchronize(to: CP56Time2a(rawValue: 0)) == nil)
        #expect(abs(box.now() - StationClock.now()) < 60_000)
    }
}
