import NIOCore

/// CP56Time2a: date and time to the millisecond (IEC 60870-5-101, 7.2.6.18).
///
/// | octet | bit 8 | 7 | 6 | 5 | 4...1 |
/// |---|---|---|---|---|---|
/// | 1, 2 | milliseconds 0...59 999, low octet first | | | | |
/// | 3 | IV | RES1 (GEN: substituted) | minute 0...59 | | |
/// | 4 | SU | 0 | 0 | hour 0...23 | |
/// | 5 | day of week 1...7 (bits 8...6), 0 unused | | | day of month 1...31 | |
/// | 6 | 0 | 0 | 0 | 0 | month 1...12 |
/// | 7 | 0 | year 0...99 | | | |
///
/// All 56 bits are kept, so that a time tag can be mirrored as it came.
package struct CP56Time2a: InformationElementPart {
    package static var encodedSize: Int { 7 }

    /// Octet 1 in the lowest eight bits, octet 7 in bits 49...56.
    package let rawValue: UInt64

    /// Takes the lower 56 bits.
    package init(rawValue: UInt64) {
        self.rawValue = rawValue & 0xFF_FFFF_FFFF_FFFF
    }

    /// The time tag of a moment.
    ///
    /// - Parameters:
    ///   - millisecondsSince1970: UTC; years outside 2000...2099 are shown modulo 100.
    ///   - utcOffsetSeconds: what local time is ahead of UTC; 0 shows UTC.
    package init(
        millisecondsSince1970: Int64, utcOffsetSeconds: Int = 0, isSummerTime: Bool = false, isInvalid: Bool = false,
        isSubstituted: Bool = false
    ) {
        let local = millisecondsSince1970 &+ Int64(utcOffsetSeconds) &* 1000
        let (dayNumber, millisecondOfDay) = local.quotientAndRemainder(floorDividingBy: 86_400_000)
        let date = CivilDate(daysSince1970: dayNumber)
        let (minuteOfDay, milliseconds) = millisecondOfDay.quotientAndRemainder(dividingBy: 60_000)
        let (hour, minute) = minuteOfDay.quotientAndRemainder(dividingBy: 60)
        // 1970-01-01 was a Thursday, day 4 of the week.
        let (_, weekday) = (dayNumber &+ 3).quotientAndRemainder(floorDividingBy: 7)
        let (_, year) = date.year.quotientAndRemainder(floorDividingBy: 100)
        var bits = UInt64(milliseconds)
        bits |= UInt64(minute) << 16 | (isSubstituted ? 1 << 22 : 0) | (isInvalid ? 1 << 23 : 0)
        bits |= UInt64(hour) << 24 | (isSummerTime ? 1 << 31 : 0)
        bits |= UInt64(date.day) << 32 | UInt64(weekday + 1) << 37
        bits |= UInt64(date.month) << 40 | UInt64(year) << 48
        rawValue = bits
    }

    /// Milliseconds within the minute, 0...59 999 in a valid time.
    package var milliseconds: Int { Int(rawValue & 0xFFFF) }
    /// 0...59.
    package var minute: Int { Int(rawValue >> 16 & 0x3F) }
    /// RES1 used as GEN: the time was set by a station other than the source.
    package var isSubstituted: Bool { rawValue & 1 << 22 != 0 }
    /// IV: the clock was not synchronized.
    package var isInvalid: Bool { rawValue & 1 << 23 != 0 }
    /// 0...23.
    package var hour: Int { Int(rawValue >> 24 & 0x1F) }
    /// SU: summer time is in effect.
    package var isSummerTime: Bool { rawValue & 1 << 31 != 0 }
    /// 1...31.
    package var dayOfMonth: Int { Int(rawValue >> 32 & 0x1F) }
    /// Monday is 1, Sunday 7; 0 is unused.
    package var dayOfWeek: Int { Int(rawValue >> 37 & 0x07) }
    /// 1...12.
    package var month: Int { Int(rawValue >> 40 & 0x0F) }
    /// 0...99, for 2000...2099.
    package var year: Int { Int(rawValue >> 48 & 0x7F) }

    /// The moment, in milliseconds since 1970 UTC; nil where there is no such date or time.
    package func millisecondsSince1970(utcOffsetSeconds: Int = 0) -> Int64? {
        guard milliseconds < 60_000, minute < 60, hour < 24, year < 100,
            let date = CivilDate(year: 2000 + year, month: month, day: dayOfMonth)
        else { return nil }
        let minutes = date.daysSince1970 * 1440 + Int64(hour * 60 + minute)
        return minutes * 60_000 + Int64(milliseconds) - Int64(utcOffsetSeconds) * 1000
    }

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        let low = try buffer.decode(UInt32.self)
        let middle = try buffer.decode(UInt16.self)
        let high = try buffer.decode(UInt8.self)
        self.init(rawValue: UInt64(high) << 48 | UInt64(middle) << 32 | UInt64(low))
    }

    package func encode(into buffer: inout ByteBuffer) {
        buffer.writeInteger(UInt32(truncatingIfNeeded: rawValue), endianness: .little)
        buffer.writeInteger(UInt16(truncatingIfNeeded: rawValue >> 32), endianness: .little)
        buffer.writeInteger(UInt8(truncatingIfNeeded: rawValue >> 48))
    }
}

extension CP56Time2a: CustomStringConvertible {
    /// `2026-01-15 10:30:00.123`, with `IV`, `GEN` and `SU` behind where set; the octets of an impossible time.
    package var description: String {
        guard millisecondsSince1970() != nil else { return "0x" + String(rawValue, radix: 16) }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (second, fraction) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let date = "\(2000 + year)-\(two(month))-\(two(dayOfMonth))"
        let time = "\(two(hour)):\(two(minute)):\(two(second)).\(fraction < 100 ? "0" : "")\(two(fraction))"
        return date + " " + time + (isInvalid ? " IV" : "") + (isSubstituted ? " GEN" : "")
            + (isSummerTime ? " SU" : "")
    }
}
