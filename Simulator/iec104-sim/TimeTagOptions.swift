import ArgumentParser
import ControllingStation
import Foundation
import IEC104Model

/// What the time tag of a command says.
struct TimeTagOptions: ParsableArguments {
    /// Milliseconds since 1970 UTC.
    @Option(
        help: ArgumentHelp(
            "Moment of the time tag, ISO 8601 with zone, such as 2026-01-15T10:30:00.123Z; now unless given.",
            valueName: "moment"),
        transform: { text in
            guard let moment = milliseconds(text) else {
                throw ValidationError(
                    "a moment of 2000...2099 in ISO 8601 with zone is expected, such as 2026-01-15T10:30:00.123Z")
            }
            return moment
        })
    var time: Int64?

    @Option(
        help: ArgumentHelp(
            "IANA zone in which the time tag is written; SU is set in its summer time.", valueName: "name"),
        transform: { text in
            guard let zone = TimeZone(identifier: text) else {
                throw ValidationError("an IANA zone is expected, such as Europe/Berlin")
            }
            return zone
        })
    var timeZone: TimeZone = .gmt

    /// True if anything differs from the default.
    var isGiven: Bool { time != nil || timeZone != .gmt }

    /// The time tag of a step that is sent now.
    var tag: CP56Time2a {
        let milliseconds = time ?? WallClock.milliseconds()
        let moment = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return CP56Time2a(
            millisecondsSince1970: milliseconds, utcOffsetSeconds: timeZone.secondsFromGMT(for: moment),
            isSummerTime: timeZone.isDaylightSavingTime(for: moment))
    }

    /// Milliseconds since 1970 UTC; nil for what is no moment, or one whose century a time tag can't tell.
    private static func milliseconds(_ text: String) -> Int64? {
        let formatter = ISO8601DateFormatter()
        for options: ISO8601DateFormatter.Options in [
            .withInternetDateTime, [.withInternetDateTime, .withFractionalSeconds],
        ] {
            formatter.formatOptions = options
            guard let moment = formatter.date(from: text) else { continue }
            let milliseconds = Int64((moment.timeIntervalSince1970 * 1000).rounded())
            return CP56Time2a(millisecondsSince1970: milliseconds).millisecondsSince1970() == milliseconds
                ? milliseconds : nil
        }
        return nil
    }
}
