/// How a demonstration ended.
package enum DemonstrationOutcome: Sendable {
    /// What came out was compared with what went in.
    case compared(UpdateLedger, points: Int)
    /// It was stopped before anything was fed in.
    case stopped

    /// True unless something differs.
    package var isEqual: Bool {
        if case .compared(let ledger, _) = self { ledger.differenceCount == 0 } else { true }
    }

    /// The last lines for the user.
    package var summary: String {
        switch self {
        case .stopped: return "Stopped before any update was fed."
        case .compared(let ledger, let points):
            let counts = "Sent \(ledger.sent) updates, received \(ledger.received)"
            guard ledger.differenceCount > 0 else {
                return "\(counts), every one equal and in order; "
                    + "the closing interrogation equals the image (\(points) points)."
            }
            let more = ledger.differenceCount - ledger.differences.count
            return
                (["\(counts). \(ledger.differenceCount) differences:"] + ledger.differences.map { "  " + $0 }
                + (more > 0 ? ["  … \(more) more"] : [])).joined(separator: "\n")
        }
    }
}
