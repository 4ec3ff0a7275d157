import Replay

/// What a comparison of recorded with live traffic has shown.
package protocol ComparisonReport: Sendable {
    /// Packets read.
    var packets: Int { get }
    /// Why the capture wasn't read to its end; nil if it was.
    var fault: CaptureFault? { get set }
    /// What was compared.
    var compared: Int { get }
    /// All differences.
    var total: Int { get }
    /// Lines for people.
    var lines: [String] { get }
    var json: String { get }
    var jUnit: String { get }
}

extension ComparisonReport {
    /// The report of a run that the user has ended here.
    package var interrupted: Self {
        var report = self
        report.fault = .interrupted(afterPackets: packets)
        return report
    }

    /// Why there is no outcome, or none to the end; nil if there is.
    var error: String? {
        if let fault { return "\(fault)" }
        return compared == 0 && total == 0 ? "nothing to compare" : nil
    }

    /// The outcome in a few words.
    ///
    /// - Parameter equal: what is said if all is as recorded.
    func verdict(_ equal: String) -> String {
        if total > 0 { return "\(total) differences" }
        if compared == 0 { return "nothing to compare" }
        // The last ones may not have had the time to come.
        if case .interrupted = fault { return "no differences so far" }
        return equal
    }
}
