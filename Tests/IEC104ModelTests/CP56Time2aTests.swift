import NIOCore
import TestSupport
import Testing

@testable import IEC104Model

@Suite("CP56Time2a")
struct CP56Time2aTests {
    /// 2026-03-29T01:59:59.999Z
    private let moment: Int64 = 1_774_749_599_999

    private func hex(_ time: CP56Time2a) -> String {
        var buffer = ByteBuffer()
        time.encode(into: &buffer)
        return buffer.hexadecimalText
    }

    private func time(_ hex: String) throws -> CP56Time2a {
        var buffer = ByteBuffer(hexadecimal: hex)
        return try CP56Time2a(decoding: &buffer)
    }

    @Test("MON-22 29 March 2026, 01:59:59.999, a Sunday")
    func coding() throws {
        #expect(hex(CP56Time2a(millisecondsSince1970: moment)) == "5F EA 3B 01 FD 03 1A")
        let time = try time("5F EA 3B 01 FD 03 1A")
        #expect(time.millisecondsSince1970() == moment)
        #expect(time.milliseconds == 59_999)
        #expect(time.minute == 59)
        #expect(time.hour == 1)
        #expect(time.dayOfMonth == 29)
        #expect(time.dayOfWeek == 7)
        #expect(time.month == 3)
        #expect(time.year == 26)
        #expect(try self.time("5F EA 3B 01 1D 03 1A").millisecondsSince1970() == moment, "day of week unused")
    }

    @Test(
        "MON-23 the limits of a time tag",
        arguments: [
            // 2024-02-29T00:00:00.000Z, a Thursday
            (Int64(1_709_164_800_000), "00 00 00 00 9D 02 18"),
            // 2000-01-01T00:00:00.000Z, a Saturday
            (946_684_800_000, "00 00 00 00 C1 01 00"),
            // 2000-02-29T23:59:59.999Z, a Tuesday
            (951_868_799_999, "5F EA 3B 17 5D 02 00"),
            // 2099-12-31T23:59:59.999Z, a Thursday
            (4_102_444_799_999, "5F EA 3B 17 9F 0C 63"),
            // 2026-06-15T12:30:01.000Z, a Monday
            (1_781_526_601_000, "E8 03 1E 0C 2F 06 1A"),
        ])
    func limits(moment: Int64, octets: String) throws {
        #expect(hex(CP56Time2a(millisecondsSince1970: moment)) == octets)
        #expect(try time(octets).millisecondsSince1970() == moment)
    }

    @Test("MON-24 MON-25 MON-26 IV, GEN and SU have a bit each and leave the moment alone")
    func flags() {
        let invalid = CP56Time2a(millisecondsSince1970: moment, isInvalid: true)
        #expect(hex(invalid) == "5F EA BB 01 FD 03 1A")
        #expect(invalid.isInvalid && !invalid.isSubstituted && !invalid.isSummerTime)
        let substituted = CP56Time2a(millisecondsSince1970: moment, isSubstituted: true)
        #expect(hex(substituted) == "5F EA 7B 01 FD 03 1A")
        #expect(substituted.isSubstituted && !substituted.isInvalid && !substituted.isSummerTime)
        let summer = CP56Time2a(millisecondsSince1970: moment, isSummerTime: true)
        #expect(hex(summer) == "5F EA 3B 81 FD 03 1A")
        #expect(summer.isSummerTime && !summer.isInvalid && !summer.isSubstituted)
        for time in [invalid, substituted, summer] { #expect(time.millisecondsSince1970() == moment) }
    }

    @Test("MON-24 local time is ahead of UTC by the offset, over midnight and new year too")
    func offsets() {
        // 2026-12-31T23:30:00.000Z is 00:30 on Friday, 1 January 2027, in Berlin.
        let newYear: Int64 = 1_798_759_800_000
        let berlin = CP56Time2a(millisecondsSince1970: newYear, utcOffsetSeconds: 3600)
        #expect(hex(berlin) == "00 00 1E 00 A1 01 1B")
        #expect(berlin.millisecondsSince1970(utcOffsetSeconds: 3600) == newYear)
        #expect(berlin.millisecondsSince1970() == newYear + 3_600_000)
        // 2026-03-01T02:00:00.000Z is 21:00 on Saturday, 28 February, in New York.
        let march: Int64 = 1_772_330_400_000
        let newYork = CP56Time2a(millisecondsSince1970: march, utcOffsetSeconds: -18_000)
        #expect(hex(newYork) == "00 00 00 15 DC 02 1A")
        #expect(newYork.millisecondsSince1970(utcOffsetSeconds: -18_000) == march)
    }

    @Test("the day of the week runs from Monday 1 to Sunday 7")
    func daysOfWeek() {
        // 15 June 2026 is a Monday.
        for day in 0..<14 {
            let time = CP56Time2a(millisecondsSince1970: 1_781_526_601_000 + Int64(day) * 86_400_000)
            #expect(time.dayOfWeek == day % 7 + 1)
        }
        #expect(CP56Time2a(millisecondsSince1970: -1).dayOfWeek == 3, "31 December 1969 was a Wednesday")
    }

    @Test(
        "CS-05 CMD-48 a time that doesn't exist is no moment",
        arguments: [
            "60 EA 3B 01 FD 03 1A", "5F EA 3C 01 FD 03 1A", "5F EA 3B 18 FD 03 1A", "5F EA 3B 01 E0 03 1A",
            "5F EA 3B 01 1F 02 1A", "00 00 00 00 1D 02 1A", "00 00 00 00 1F 04 1A", "5F EA 3B 01 FD 00 1A",
            "5F EA 3B 01 FD 0D 1A", "5F EA 3B 01 FD 03 64", "00 00 00 00 00 00 00", "FF FF FF FF FF FF FF",
        ])
    func impossible(octets: String) throws {
        let time = try time(octets)
        #expect(time.millisecondsSince1970() == nil)
        #expect(time.description == "0x" + String(time.rawValue, radix: 16))
        #expect(hex(time) == octets, "it is mirrored nevertheless")
    }

    @Test("moments of the century come back, with any offset")
    func roundTrip() {
        var generator = SeededGenerator(seed: 56)
        for _ in 0..<20_000 {
            let moment = Int64.random(in: 946_684_800_000..<4_102_444_800_000, using: &generator)
            let time = CP56Time2a(millisecondsSince1970: moment)
            #expect(time.millisecondsSince1970() == moment)
            let offset = Int.random(in: -14...14, using: &generator) * 3600
            let local = min(max(moment, 946_771_200_000), 4_102_358_400_000)
            let shifted = CP56Time2a(millisecondsSince1970: local, utcOffsetSeconds: offset)
            #expect(shifted.millisecondsSince1970(utcOffsetSeconds: offset) == local)
        }
    }

    @Test("TST-01 CMD-44 all 56 bits are mirrored")
    func mirror() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5000 {
            let octets = hexadecimal(generator.octets(7))
            #expect(hex(try time(octets)) == octets)
        }
        #expect(CP56Time2a(rawValue: .max).rawValue == 0xFF_FFFF_FFFF_FFFF)
    }

    @Test("the text shows date, time and flags")
    func descriptions() {
        #expect("\(CP56Time2a(millisecondsSince1970: moment))" == "2026-03-29 01:59:59.999")
        let flagged = CP56Time2a(
            millisecondsSince1970: 1_781_526_601_007, isSummerTime: true, isInvalid: true, isSubstituted: true)
        #expect("\(flagged)" == "2026-06-15 12:30:01.007 IV GEN SU")
    }

    @Test("moments outside the century and at the ends of the number range don't crash")
    func extremes() {
        for moment in [Int64.min, -62_135_596_800_001, -1, 0, 4_102_444_800_000, Int64.max] {
            let time = CP56Time2a(millisecondsSince1970: moment, utcOffsetSeconds: 50_400)
            #expect(time.millisecondsSince1970() != nil)
        }
        #expect(CP56Time2a(millisecondsSince1970: 0).year == 70)
    }
}
