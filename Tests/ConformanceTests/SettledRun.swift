import Conformance

/// Runs cases whose verdict is a surprise again, a few times at most: other tests keep the machine busy, and what is late
/// once for that is not the station's fault.
///
/// - Parameter again: runs cases anew.
func settled(
    _ results: [CaseResult], attempts: Int, surprising isSurprise: (CaseResult) -> Bool,
    again: ([ConformanceCase]) async throws -> [CaseResult]
) async throws -> [CaseResult] {
    var results = results
    for _ in 0..<attempts {
        let surprises = results.filter(isSurprise).map(\.conformanceCase)
        guard !surprises.isEmpty else { break }
        for result in try await again(surprises) {
            guard let index = results.firstIndex(where: { $0.conformanceCase.id == result.conformanceCase.id })
            else { continue }
            results[index] = result
        }
    }
    return results
}

extension SuiteRunner {
    /// Runs cases; those with a surprising verdict are run again, twice at most, with nothing beside them.
    func settledRun(
        _ cases: [ConformanceCase], surprising isSurprise: (CaseResult) -> Bool
    ) async throws -> [CaseResult] {
        try await settled(await run(cases), attempts: 2, surprising: isSurprise) { surprises in
            var results: [CaseResult] = []
            for one in surprises { results += await run([one]) }
            return results
        }
    }
}
