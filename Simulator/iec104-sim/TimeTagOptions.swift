import ArgumentParser
import ControllingStation
import Foundation
import IEC104Model

/// What the time tag of a command says.
struct TimeTagOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Moment of the time tag, ISO 8601 with zone, such as 2026-01-15T10:30:00.123Z; now unless given.",
            valueName: "moment"),
        transform: { text in
            guard let moment = parsedMoment(text) else {
                throw ValidationError("a moment in ISO 8601 with zone is expected, such as 2026-01-15T10:30:00.123Z")
            }
            return moment
        })
    var time: Date?

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
        let moment = time ?? Date()
        return CP56Time2a(
            millisecondsSince1970: Int64((moment.timeIntervalSince1970 * 1000).rounded()),
            utcOffsetSeconds: timeZone.secondsFromGMT(for: moment),
            isSummerTime: timeZone.isDaylightSavingTime(for: moment))
    }
}

/// Years that a time tag can't tell apart from others are refused.
private func parsedMoment(_ text: String) -> Date? {
    let formatter = ISO8601DateFormatter()
    for options: ISO8601DateFormatter.Options in [
        .withInternetDateTime, [.withInternetDateTime, .withFractionalSeconds],
    ] {
        formatter.formatOptions = options
        guard let moment = formatter.date(from: text) else { continue }
        let first = Date(timeIntervalSince1970: 946_771_200)
        let last = Date(timeIntervalSince1970: 4_102_358_400)
        return (first...last).contains(moment) ? moment : nil
    }
    return nil
}
