import Foundation
import IEC104Model
import NIOConcurrencyHelpers

/// Makes time tags in the time zone of the station.
package final class StationClock: Sendable {
    /// What is true of a stretch of time without a change of offset.
    private struct Span {
        /// Empty until the first moment is looked up.
        var valid: Range<Int64> = 0..<0
        var offset = 0
        var isSummer = false
    }

    private let zone: TimeZone?
    private let span = NIOLockedValueBox(Span())

    /// - Parameter zone: an IANA name; UTC costs least.
    package init(zone: String) {
        let found = TimeZone(identifier: zone)
        self.zone =
            zone == "UTC" || found?.secondsFromGMT() == 0 && found?.nextDaylightSavingTimeTransition == nil
            ? nil : found
    }

    /// Milliseconds since 1970 UTC.
    package static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// The time tag of a moment; SU is set in summer time.
    package func timeTag(_ milliseconds: Int64, isSubstituted: Bool = false) -> CP56Time2a {
        guard let zone else { return CP56Time2a(millisecondsSince1970: milliseconds, isSubstituted: isSubstituted) }
        let span = span.withLockedValue { span in
            if !span.valid.contains(milliseconds) { span = Self.span(around: milliseconds, in: zone) }
            return span
        }
        return CP56Time2a(
            millisecondsSince1970: milliseconds, utcOffsetSeconds: span.offset, isSummerTime: span.isSummer,
            isSubstituted: isSubstituted)
    }

    /// The moment that a time tag in the zone of the station means, in milliseconds since 1970 UTC; nil where there is
    /// no such date or time, as in the hour that is left out when summer time begins.
    package func millisecondsSince1970(_ time: CP56Time2a) -> Int64? {
        guard let local = time.millisecondsSince1970(), let zone else { return time.millisecondsSince1970() }
        // The offset is that of the moment looked for: SU tells the two apart that an hour passed twice may mean.
        let candidates = [-7_200_000, 0, 7_200_000].map { shift in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(local + Int64(shift)) / 1000))
        }
        let moments = Set(candidates).map { local - Int64($0) * 1000 }
        let exact = moments.filter { timeTag($0).millisecondsSince1970() == local }
        return exact.first { timeTag($0).isSummerTime == time.isSummerTime } ?? exact.first
    }

    /// Offsets change on whole quarters of an hour at the earliest, so one is looked up for a quarter at a time.
    private static func span(around milliseconds: Int64, in zone: TimeZone) -> Span {
        let quarter: Int64 = 900_000
        let (number, _) = milliseconds.quotientAndRemainder(floorDividingBy: quarter)
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return Span(
            valid: number * quarter..<(number + 1) * quarter, offset: zone.secondsFromGMT(for: date),
            isSummer: zone.isDaylightSavingTime(for: date))
    }
}
