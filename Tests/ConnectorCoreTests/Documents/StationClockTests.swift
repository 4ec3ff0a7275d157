import IEC104Model
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Time tags in the zone of the station")
struct StationClockTests {
    private func tag(_ text: String, _ zone: String) throws -> String {
        let milliseconds = try #require(ISO8601.milliseconds(text))
        return StationClock(zone: zone).timeTag(milliseconds).description
    }

    @Test(
        "show local time, and SU in summer",
        arguments: [
            ("2026-01-15T10:30:00.123Z", "UTC", "2026-01-15 10:30:00.123"),
            ("2026-07-15T10:30:00.123Z", "UTC", "2026-07-15 10:30:00.123"),
            ("2026-01-15T10:30:00.123Z", "Europe/Berlin", "2026-01-15 11:30:00.123"),
            ("2026-07-15T10:30:00.123Z", "Europe/Berlin", "2026-07-15 12:30:00.123 SU"),
            ("2026-01-15T23:30:00Z", "Europe/Berlin", "2026-01-16 00:30:00.000"),
            ("2026-03-29T00:59:59.999Z", "Europe/Berlin", "2026-03-29 01:59:59.999"),
            ("2026-03-29T01:00:00Z", "Europe/Berlin", "2026-03-29 03:00:00.000 SU"),
            ("2026-10-25T00:59:59.999Z", "Europe/Berlin", "2026-10-25 02:59:59.999 SU"),
            ("2026-10-25T01:00:00Z", "Europe/Berlin", "2026-10-25 02:00:00.000"),
            ("2026-01-15T10:30:00Z", "Europe/London", "2026-01-15 10:30:00.000"),
            ("2026-07-15T10:30:00Z", "Europe/London", "2026-07-15 11:30:00.000 SU"),
            ("2026-07-15T10:30:00Z", "Europe/Dublin", "2026-07-15 11:30:00.000 SU"),
            ("2026-01-15T10:30:00Z", "Australia/Lord_Howe", "2026-01-15 21:30:00.000 SU"),
            ("2026-07-15T10:30:00Z", "Australia/Lord_Howe", "2026-07-15 21:00:00.000"),
            ("2026-01-15T10:30:00Z", "Asia/Kathmandu", "2026-01-15 16:15:00.000"),
            ("2026-01-15T10:30:00Z", "America/New_York", "2026-01-15 05:30:00.000"),
            ("2026-01-15T10:30:00Z", "Atlantic/Reykjavik", "2026-01-15 10:30:00.000"),
        ])
    func zones(text: String, zone: String, expected: String) throws {
        #expect(try tag(text, zone) == expected)
    }

    @Test("stay right when a clock is asked back and forth across both changes of a year")
    func order() throws {
        let clock = StationClock(zone: "Europe/Berlin")
        let spring = try #require(ISO8601.milliseconds("2026-03-29T01:00:00Z"))
        let autumn = try #require(ISO8601.milliseconds("2026-10-25T01:00:00Z"))
        for _ in 0..<3 {
            for (moment, before, after) in [(spring, false, true), (autumn, true, false)] {
                for distance in [1, 60_000, 899_999, 3_600_000] as [Int64] {
                    #expect(clock.timeTag(moment - distance).isSummerTime == before)
                    #expect(clock.timeTag(moment + distance - 1).isSummerTime == after)
                }
            }
        }
    }

    @Test("tell the moment back, in every zone")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 56)
        let clock = StationClock(zone: "Europe/Berlin")
        let years = try #require(ISO8601.milliseconds("2000-01-02T00:00:00Z"))...4_100_000_000_000
        for _ in 0..<2_000 {
            let milliseconds = Int64.random(in: years, using: &generator)
            let tag = clock.timeTag(milliseconds)
            let offset = tag.isSummerTime ? 7200 : 3600
            #expect(tag.millisecondsSince1970(utcOffsetSeconds: offset) == milliseconds)
            #expect(clock.millisecondsSince1970(tag) == milliseconds)
        }
    }

    @Test("mean one moment also in the hour that autumn passes twice, as SU tells them apart")
    func repeatedHour() throws {
        let autumn = try #require(ISO8601.milliseconds("2026-10-25T01:00:00Z"))
        let spring = try #require(ISO8601.milliseconds("2026-03-29T01:00:00Z"))
        for zone in ["UTC", "Europe/Berlin", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"] {
            let clock = StationClock(zone: zone)
            for change in [autumn, spring] {
                for distance in stride(from: -10_800_000, through: 10_800_000, by: 600_000) as StrideThrough<Int64> {
                    #expect(clock.millisecondsSince1970(clock.timeTag(change + distance)) == change + distance)
                }
            }
        }
        #expect(StationClock(zone: "Europe/Berlin").millisecondsSince1970(CP56Time2a(rawValue: 0)) == nil)
    }

    @Test("mark a substituted time with GEN, and never with IV")
    func substituted() {
        for zone in ["UTC", "Europe/Berlin"] {
            let clock = StationClock(zone: zone)
            #expect(clock.timeTag(moment, isSubstituted: true).isSubstituted)
            #expect(!clock.timeTag(moment, isSubstituted: true).isInvalid)
            #expect(!clock.timeTag(moment).isSubstituted)
        }
    }

    @Test("exist for the first and the last moment that a document can name")
    func extremes() {
        for zone in ["UTC", "Europe/Berlin", "Asia/Kathmandu"] {
            let clock = StationClock(zone: zone)
            for milliseconds in [ISO8601.range.lowerBound, ISO8601.range.upperBound, 0, -1] {
                #expect(clock.timeTag(milliseconds).millisecondsSince1970() != nil)
            }
        }
    }

    @Test("now is after this was written")
    func now() {
        #expect(StationClock.now() > moment)
    }
}
