/// A run in words, for a terminal or a log.
package enum RunSummary {
    /// Frames that are shown before the end of a failed case.
    private static let frames = 12

    /// What failed, with the frames around it, and how many came to what.
    package static func text(_ report: RunReport) -> String {
        var text = ""
        for result in report.results {
            guard case .failed(let failure) = result.verdict else { continue }
            let one = result.conformanceCase
            text += "\n\(one.id) \(one.purpose) (\(one.conformanceClass.rawValue))\n"
            text += "  sent      \(one.stimulus)\n  expected  \(failure.expected)\n  came      \(failure.came)\n"
            for line in FrameLines.text(result, last: frames) { text += "    \(line)\n" }
        }
        let counts = report.counts
        let place = "\(report.target.host):\(report.target.port)"
        return text
            + "\n\(place): \(counts.passed) passed, \(counts.failed) failed, \(counts.skipped) skipped, "
            + "\(counts.inconclusive) inconclusive, in \(report.duration.secondsText) s\n"
    }
}

/// All cases, a line each.
package enum CaseList {
    package static func text(_ cases: [ConformanceCase]) -> String {
        cases.map { one in
            let id = one.id + String(repeating: " ", count: max(0, 7 - one.id.count))
            let reason = one.obstacle.isEmpty ? "" : " (can't be run: \(one.obstacle))"
            return "\(id)  \(one.conformanceClass.rawValue)  \(one.purpose)\(reason)\n"
        }.joined()
    }
}
