import Histogram

extension Histogram {
    /// Median, 90, 99 and 99.9 percentile, and maximum, in milliseconds of recorded microseconds; none without records.
    var marks: [(name: String, milliseconds: Double)] {
        guard totalCount > 0 else { return [] }
        let percentiles = [("p50", 50), ("p90", 90), ("p99", 99), ("p99.9", 99.9)].map { name, percentile in
            (name: name, milliseconds: Double(Swift.min(valueAtPercentile(percentile), maxRecorded)) / 1000)
        }
        return percentiles + [(name: "max", milliseconds: Double(maxRecorded) / 1000)]
    }
}
