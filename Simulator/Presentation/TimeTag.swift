import IEC104Model

/// A time tag of either length.
package enum TimeTag: Hashable, Sendable {
    /// CP56Time2a: date and time.
    case full(CP56Time2a)
    /// CP24Time2a: minute and milliseconds of an hour that isn't told.
    case short(CP24Time2a)

    /// True if IV is set.
    package var isInvalid: Bool {
        switch self {
        case .full(let time): time.isInvalid
        case .short(let time): time.isInvalid
        }
    }

    /// For people: `2026-01-15 10:30:00.123 GEN`, or `:30:00.123`.
    package var text: String {
        switch self {
        case .full(let time): time.description
        case .short(let time): ":" + Self.minuteText(time) + (time.isInvalid ? " IV" : "")
        }
    }

    /// Minute, second and milliseconds, `30:00.123`.
    package static func minuteText(_ time: CP24Time2a) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let milliseconds = Int(time.milliseconds)
        return "\(padded(time.minute, 2)):\(padded(milliseconds / 1000, 2)).\(padded(milliseconds % 1000, 3))"
    }
}

/// Moments as texts.
package enum Instant {
    /// `2026-01-15T10:30:00.123Z`, for 2000...2099.
    package static func iso8601(millisecondsSince1970 milliseconds: Int64) -> String {
        iso8601(CP56Time2a(millisecondsSince1970: milliseconds)) + "Z"
    }

    /// `2026-01-15T10:30:00.123`: a time tag doesn't tell its zone. The flags aren't part of it.
    package static func iso8601(_ time: CP56Time2a) -> String {
        let parts = time.description.split(separator: " ")
        return parts.prefix(2).joined(separator: "T")
    }
}
