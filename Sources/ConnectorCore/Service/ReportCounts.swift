/// How many reports there were.
struct ReportCounts: Hashable, Sendable {
    /// Of each code, those that were left out included.
    var byCode: [Report.Code: UInt64] = [:]
    /// Left out of log and error stream: repeats, and what was too much of one code.
    var suppressed: UInt64 = 0
    /// Left out of the error stream alone, because too many waited for the store, or it is no stream.
    var dropped: UInt64 = 0
}
