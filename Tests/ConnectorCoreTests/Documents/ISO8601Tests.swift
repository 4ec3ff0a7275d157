import IEC104Model
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Times as texts")
struct ISO8601Tests {
    @Test(
        "are read in every form with date, time and zone",
        arguments: [
            ("2026-01-15T10:30:00.123Z", moment), ("2026-01-15T10:30:00.123456789Z", moment),
            ("2026-01-15T10:30:00.1Z", moment - 23),
            ("2026-01-15T10:30:00.12Z", moment - 3), ("2026-01-15T10:30:00,123Z", moment),
            ("2026-01-15T10:30:00Z", moment - 123),
            ("2026-01-15T10:30Z", moment - 123), ("2026-01-15t10:30:00.123z", moment),
            ("2026-01-15 10:30:00.123Z", moment),
            ("2026-01-15T11:30:00.123+01:00", moment), ("2026-01-15T11:30:00.123+0100", moment),
            ("2026-01-15T11:30:00.123+01", moment),
            ("2026-01-15T05:00:00.123-05:30", moment), ("2026-01-14T22:30:00.123-12:00", moment),
            ("2026-01-16T00:30:00.123+14:00", moment), ("2026-01-15T10:30:00.123-00:00", moment),
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2016-12-31T23:59:60Z", 1_483_228_799_000), ("9999-12-31T23:59:59.999Z", ISO8601.range.upperBound),
            ("0000-01-01T00:00:00Z", ISO8601.range.lowerBound),
        ] as [(String, Int64)])
    func read(text: String, expected: Int64) {
        #expect(ISO8601.milliseconds(text) == expected)
    }

    @Test(
        "are refused where anything is missing, impossible or behind them",
        arguments: [
            "", "2026-01-15", "2026-01-15T10:30:00", "2026-01-15T10:30:00.123", "10:30:00Z", "2026-01-15T10Z",
            "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z", "2026-01-15T24:00:00Z", "2026-01-15T10:60:00Z", "2026-01-15T10:30:61Z",
            "2026-01-15T10:30:00.Z", "2026-01-15T10:30:00.123Zx", "2026-01-15T10:30:00.123 Z", " 2026-01-15T10:30:00Z",
            "2026-01-15T10:30:00+1", "2026-01-15T10:30:00+01:", "2026-01-15T10:30:00+01:3", "2026-01-15T10:30:00+013",
            "2026-01-15T10:30:00+24:00", "2026-01-15T10:30:00+01:60", "2026-01-15T10:30:00+01:00:00",
            "26-01-15T10:30:00Z", "2026-1-15T10:30:00Z", "2026/01/15T10:30:00Z", "2026-01-15T10:30:00UTC",
            "2026-01-15T10:30:00Z+01:00", "-2026-01-15T10:30:00Z", "2026-01-15T-1:30:00Z", "２０２６-01-15T10:30:00Z",
        ])
    func refused(text: String) {
        #expect(ISO8601.milliseconds(text) == nil)
    }

    @Test("are written in UTC, to the millisecond")
    func written() {
        #expect(ISO8601.text(moment) == "2026-01-15T10:30:00.123Z")
        #expect(ISO8601.text(0) == "1970-01-01T00:00:00.000Z")
        #expect(ISO8601.text(-1) == "1969-12-31T23:59:59.999Z")
        #expect(ISO8601.text(1_709_164_800_007) == "2024-02-29T00:00:00.007Z")
        #expect(ISO8601.text(ISO8601.range.upperBound) == "9999-12-31T23:59:59.999Z")
        #expect(ISO8601.text(ISO8601.range.lowerBound) == "0000-01-01T00:00:00.000Z")
    }

    @Test("read back as what was written")
    func roundTrip() {
        var generator = SeededGenerator(seed: 8601)
        for _ in 0..<5_000 {
            let milliseconds = Int64.random(in: ISO8601.range, using: &generator)
            #expect(ISO8601.milliseconds(ISO8601.text(milliseconds)) == milliseconds)
        }
    }
}
