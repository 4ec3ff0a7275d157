import ControllingStation

/// A run as a whole: what was judged, when, and what came of it.
package struct RunReport: Sendable {
    /// How many cases came to what.
    package struct Counts: Hashable, Sendable {
        package var passed = 0
        package var failed = 0
        package var skipped = 0
        package var inconclusive = 0
    }

    package let target: TestTarget
    package let results: [CaseResult]
    /// When the run began, in milliseconds since 1970 UTC.
    package let begin: Int64
    package let duration: Duration

    package init(target: TestTarget, results: [CaseResult], begin: Int64, duration: Duration) {
        self.target = target
        self.results = results
        self.begin = begin
        self.duration = duration
    }

    /// Takes the time of a run.
    package static func make(
        _ target: TestTarget, _ run: () async -> [CaseResult]
    ) async -> RunReport {
        let (begin, start) = (WallClock.milliseconds(), ContinuousClock.now)
        let results = await run()
        return RunReport(target: target, results: results, begin: begin, duration: ContinuousClock.now - start)
    }

    /// True if the user has ended the run before all cases had ended.
    package var isInterrupted: Bool { results.contains { $0.verdict.reason == CaseResult.interruption } }

    package var counts: Counts {
        results.reduce(into: Counts()) { counts, result in
            switch result.verdict {
            case .passed: counts.passed += 1
            case .failed: counts.failed += 1
            case .skipped: counts.skipped += 1
            case .inconclusive: counts.inconclusive += 1
            }
        }
    }

    /// Sections in the order of the catalogue, those with results.
    package var sections: [(title: String, results: [CaseResult])] {
        Catalogue.sections.compactMap { section in
            let results = results.filter { $0.conformanceCase.section == section.prefix }
            return results.isEmpty ? nil : ("\(section.prefix): \(section.title)", results)
        }
    }
}

extension Duration {
    /// Seconds with milliseconds, `1.250`.
    var secondsText: String {
        let milliseconds = components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}
