import Conformance

extension SuiteRunner {
    /// Runs cases. One whose verdict is a surprise is run again, with nothing beside it, twice at most: other tests keep
    /// the machine busy, and what is late once for that is not the station's fault.
    func settledRun(
        _ cases: [ConformanceCase], surprising isSurprise: (CaseResult) -> Bool
    ) async throws -> [CaseResult] {
        var results = try await run(cases)
        for index in results.indices {
            for _ in 0..<2 where isSurprise(results[index]) {
                if let again = try await run([results[index].conformanceCase]).first { results[index] = again }
            }
        }
        return results
    }
}
