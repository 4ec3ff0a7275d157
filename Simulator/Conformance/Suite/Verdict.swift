/// What a case came to.
package enum Verdict: Sendable {
    case passed
    case failed(Failure)
    /// It wasn't judged: something it needs isn't there, or nothing is declared that could be compared.
    case skipped(String)
    /// It was tried, but what it should judge could not be brought about.
    case inconclusive(String)

    /// What went wrong.
    package struct Failure: Sendable {
        /// What had to happen.
        package let expected: String
        /// What happened instead.
        package let came: String
    }

    /// `pass`, `fail`, `skip` or `inconclusive`.
    package var word: String {
        switch self {
        case .passed: "pass"
        case .failed: "fail"
        case .skipped: "skip"
        case .inconclusive: "inconclusive"
        }
    }

    package var hasFailed: Bool { if case .failed = self { true } else { false } }
    package var hasPassed: Bool { if case .passed = self { true } else { false } }

    /// Why it isn't a pass; empty for one.
    package var reason: String {
        switch self {
        case .passed: ""
        case .failed(let failure): "expected \(failure.expected); came \(failure.came)"
        case .skipped(let reason), .inconclusive(let reason): reason
        }
    }
}

/// Ends the steps of a case before their end.
enum CaseStop: Error {
    case failed(expected: String, came: String)
    case skipped(String)
    case inconclusive(String)
}
