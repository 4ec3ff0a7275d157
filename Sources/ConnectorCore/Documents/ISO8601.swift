import IEC104Model

/// Times as texts, `2026-01-15T10:30:00.123Z`.
package enum ISO8601 {
    /// The moments that can be written, the years 0000...9999.
    package static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// Milliseconds since 1970 UTC; nil unless date, time and zone are complete and exist. Digits behind the third of
    /// the fraction are cut off.
    package static func milliseconds(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { milliseconds(UnsafeRawBufferPointer($0)) }
    }

    /// The same for the octets of a text.
    static func milliseconds(_ octets: UnsafeRawBufferPointer) -> Int64? {
        var parser = Parser(octets: octets)
        return parser.milliseconds()
    }

    /// The text of a moment, in UTC to the millisecond.
    package static func text(_ milliseconds: Int64) -> String {
        let (day, ofDay) = milliseconds.quotientAndRemainder(floorDividingBy: 86_400_000)
        let date = CivilDate(daysSince1970: day)
        func padded(_ number: Int64, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return
            "\(padded(Int64(date.year), 4))-\(padded(Int64(date.month), 2))-\(padded(Int64(date.day), 2))"
            + "T\(padded(ofDay / 3_600_000, 2)):\(padded(ofDay / 60_000 % 60, 2)):\(padded(ofDay / 1000 % 60, 2))"
            + ".\(padded(ofDay % 1000, 3))Z"
    }

    private struct Parser {
        let octets: UnsafeRawBufferPointer
        var offset = 0

        mutating func milliseconds() -> Int64? {
            guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
                skip("T") || skip("t") || skip(" "), let hour = number(2), skip(":"), let minute = number(2),
                hour < 24, minute < 60, let date = CivilDate(year: year, month: month, day: day)
            else { return nil }
            var second = 0
            if skip(":") {
                // A leap second counts as the one before it.
                guard let number = number(2), number <= 60 else { return nil }
                second = min(number, 59)
            }
            guard let fraction = fraction(), let offsetMinutes = zone(), offset == octets.count else { return nil }
            let minutes = date.daysSince1970 * 1440 + Int64(hour * 60 + minute - offsetMinutes)
            return minutes * 60_000 + Int64(second * 1000 + fraction)
        }

        private mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard offset < octets.count, octets[offset] == UInt8(ascii: character) else { return false }
            offset += 1
            return true
        }

        private mutating func digit() -> Int? {
            guard offset < octets.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= octets[offset] else { return nil }
            defer { offset += 1 }
            return Int(octets[offset] - UInt8(ascii: "0"))
        }

        private mutating func number(_ digits: Int) -> Int? {
            var value = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return value
        }

        private mutating func fraction() -> Int? {
            guard skip(".") || skip(",") else { return 0 }
            guard let first = digit() else { return nil }
            let second = digit() ?? -1
            let third = second < 0 ? -1 : digit() ?? -1
            while digit() != nil {}
            return first * 100 + max(second, 0) * 10 + max(third, 0)
        }

        /// Minutes ahead of UTC.
        private mutating func zone() -> Int? {
            if skip("Z") || skip("z") { return 0 }
            let isBehind = skip("-")
            guard isBehind || skip("+"), let hours = number(2), hours < 24 else { return nil }
            let isColon = skip(":")
            // Minutes may be left out altogether, but not in part.
            guard isColon || offset < octets.count else { return (isBehind ? -1 : 1) * hours * 60 }
            guard let minutes = number(2), minutes < 60 else { return nil }
            return (isBehind ? -1 : 1) * (hours * 60 + minutes)
        }
    }
}
