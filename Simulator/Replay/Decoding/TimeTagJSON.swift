import IEC104Model
import Presentation

/// Time tags with the keys of the golden decodes.
enum TimeTagJSON {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func object(_ time: TimeTag) -> JSONObject {
        switch time {
        case .full(let time): object(time)
        case .short(let time): object(time)
        }
    }

    static func object(_ time: CP56Time2a) -> JSONObject {
        var json = JSONObject()
        json.add("type", .text("cp56time"))
        json.add("show", show(time))
        json.add(
            "bits", .text(Hexadecimal.compact((0..<7).map { UInt8(truncatingIfNeeded: time.rawValue >> ($0 * 8)) })))
        for (name, value) in [
            ("ms", time.milliseconds), ("min", time.minute), ("gen", time.isSubstituted ? 1 : 0),
            ("iv", time.isInvalid ? 1 : 0), ("hour", time.hour), ("su", time.isSummerTime ? 1 : 0),
            ("day", time.dayOfMonth), ("dow", time.dayOfWeek), ("month", time.month), ("year", time.year),
        ] {
            json.add(name, .integer(Int64(value)))
        }
        return json
    }

    static func object(_ time: CP24Time2a) -> JSONObject {
        var json = JSONObject()
        json.add("type", .text("cp24time"))
        json.add("show", .text(TimeTag.minuteText(time)))
        let octets = [UInt8(time.milliseconds & 0xFF), UInt8(time.milliseconds >> 8), time.minuteOctet]
        json.add("bits", .text(Hexadecimal.compact(octets)))
        json.add("ms", .integer(Int64(time.milliseconds)))
        json.add("min", .integer(Int64(time.minute)))
        json.add("iv", .integer(time.isInvalid ? 1 : 0))
        return json
    }

    /// `Nov  2, 2019 13:58:26.000000000`, without a zone, since a time tag tells none; null where there is no such time.
    private static func show(_ time: CP56Time2a) -> Scalar {
        guard (1...12).contains(time.month), time.hour < 24, time.minute < 60, time.milliseconds < 60_000 else {
            return .null
        }
        func padded(_ number: Int, _ width: Int, _ filler: Character = "0") -> String {
            let digits = String(number)
            return String(repeating: filler, count: max(0, width - digits.count)) + digits
        }
        let (second, milliseconds) = time.milliseconds.quotientAndRemainder(dividingBy: 1000)
        let date = "\(months[time.month - 1]) \(padded(time.dayOfMonth, 2, " ")), \(2000 + time.year % 100)"
        let clock = [time.hour, time.minute, second].map { padded($0, 2) }.joined(separator: ":")
        return .text("\(date) \(clock).\(padded(milliseconds, 3))000000")
    }
}
