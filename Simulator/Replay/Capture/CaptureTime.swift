#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// When a packet was captured, in nanoseconds since 1970 UTC.
package struct CaptureTime: Hashable, Comparable, Sendable {
    /// Nanoseconds since 1970 UTC; what doesn't fit is brought to the limits.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Seconds since 1970 and nanoseconds of the second.
    init(seconds: Int, nanoseconds: Int) {
        let (product, isTooLarge) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflows) = product.addingReportingOverflow(Int64(nanoseconds))
        self.nanoseconds = isTooLarge || overflows ? (seconds < 0 ? .min : .max) : sum
    }

    package static func < (left: CaptureTime, right: CaptureTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// Seconds from `earlier` to here; negative where the capture's clock went back.
    package func seconds(since earlier: CaptureTime) -> Double {
        (Double(nanoseconds) - Double(earlier.nanoseconds)) / 1e9
    }

    /// `1372918997.053303000`: seconds since 1970, nine decimals.
    package var epochText: String {
        let (seconds, fraction) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return (nanoseconds < 0 ? "-" : "") + "\(seconds.magnitude)." + Self.padded(Int64(fraction.magnitude), 9)
    }

    /// `2013-07-04 06:23:17.053303`, UTC, microseconds.
    package var text: String {
        let (seconds, fraction) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var (moment, parts) = (time_t(seconds), tm())
        guard gmtime_r(&moment, &parts) != nil else { return epochText }
        let date = [Int64(parts.tm_year) + 1900, Int64(parts.tm_mon) + 1, Int64(parts.tm_mday)]
        let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Self.padded(Int64($0), 2) }
        return date.map { Self.padded($0, 2) }.joined(separator: "-") + " " + clock.joined(separator: ":") + "."
            + Self.padded(Int64(fraction.magnitude) / 1000, 6)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
