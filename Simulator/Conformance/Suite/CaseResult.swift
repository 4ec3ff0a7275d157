import ControllingStation

/// A case that was run, or why it wasn't, with the evidence.
package struct CaseResult: Sendable {
    /// Why a case is skipped that hadn't ended when the run did.
    static let interruption = "interrupted"

    package let conformanceCase: ConformanceCase
    package let verdict: Verdict
    /// What the station did where the standard leaves it open; empty if it didn't come to that.
    package let observed: String
    /// Everything that was sent and received.
    package let entries: [FrameLog.Entry]
    /// How long it took.
    package let duration: Duration

    package init(
        _ conformanceCase: ConformanceCase, _ verdict: Verdict, observed: String = "",
        entries: [FrameLog.Entry] = [], duration: Duration = .zero
    ) {
        self.conformanceCase = conformanceCase
        self.verdict = verdict
        self.observed = observed
        self.entries = entries
        self.duration = duration
    }
}
