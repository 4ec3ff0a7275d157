import ControllingStation

/// One case of the catalogue: what it is for, what it does, and what has to happen.
package struct ConformanceCase: Sendable {
    /// How binding a case is.
    package enum Class: String, Sendable {
        /// Prescribed by the standard.
        case prescribed = "M"
        /// Prescribed if the function is declared as supported.
        case conditional = "C"
        /// Left open by the standard: what the station declares is checked.
        case declared = "D"
        /// Robustness, beyond the standard.
        case robustness = "R"
    }

    /// With which other cases a case may run.
    package enum Company: Sendable {
        /// With others that feed nothing either.
        case quiet
        /// With others that feed points of their own.
        case feeding
        /// With none: it changes the station for all, or loads it.
        case alone
        /// Behind all others, because it judges what they have seen.
        case last
    }

    /// What a case does, step by step.
    package typealias Steps = @Sendable (CaseRun) async throws -> Void

    /// `LNK-40`.
    package let id: String
    package let conformanceClass: Class
    /// What it shows, in a few words.
    package let purpose: String
    /// What is sent or done.
    package let stimulus: String
    /// What has to happen.
    package let expectation: String
    /// Within which time; empty if that doesn't matter.
    package let timing: String
    /// What target, profile and bench must have for it.
    package let needs: [Need]
    package let company: Company
    /// The answers that the standard leaves open, one word each; empty for all but some declared cases.
    package let answers: [String]
    /// Nil for a case that can't be run, with the reason in `obstacle`.
    package let steps: Steps?
    /// Why it can't be run; empty if it can.
    package let obstacle: String

    /// A case that can be run.
    package init(
        _ id: String, _ conformanceClass: Class, _ purpose: String, stimulus: String, expectation: String,
        timing: String = "", needs: [Need] = [], company: Company = .quiet, answers: [String] = [],
        steps: @escaping Steps
    ) {
        self.id = id
        self.conformanceClass = conformanceClass
        self.purpose = purpose
        self.stimulus = stimulus
        self.expectation = expectation
        self.timing = timing
        self.needs = needs
        self.company = company
        self.answers = answers
        self.steps = steps
        obstacle = ""
    }

    /// A case that can't be run, and why.
    package init(
        _ id: String, _ conformanceClass: Class, _ purpose: String, stimulus: String, expectation: String,
        timing: String = "", obstacle: String
    ) {
        self.id = id
        self.conformanceClass = conformanceClass
        self.purpose = purpose
        self.stimulus = stimulus
        self.expectation = expectation
        self.timing = timing
        self.obstacle = obstacle
        needs = []
        company = .quiet
        answers = []
        steps = nil
    }

    /// An answer as it is compared: where a case asks several times, a station may give several of the known ones, in any
    /// order. Nil if one is unknown.
    package func declaration(_ text: String) -> String? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            String(part.trimmingPrefix(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }
        return parts.allSatisfy(answers.contains) ? Set(parts).sorted().joined(separator: ", ") : nil
    }

    /// The letters of the id: `LNK`.
    package var section: String { String(id.prefix { $0 != "-" }) }
}

extension ProbePace {
    /// Between which bounds a timer may run out unless a profile says otherwise, for the timing of cases.
    static let timerTolerance = "-\(ProbePace().early) to +\(ProbePace().late)"
    /// How much later a timer may run out that is only a bound.
    static let timerLateness = "+\(ProbePace().late)"
}
