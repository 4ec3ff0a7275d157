import Testing
import NIOConcurrencyHelpers

/// Runs a test case that has to fail, because what it tests is broken on purpose. Its issues are not the run's.
package func expectFailure(
    _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation, of body: @Sendable () async throws -> Void
) async throws {
    guard let test = Test.current else { return }
    let issues = NIOLockedValueBox(0)
    let counting = IssueHandlingTrait.compactMapIssues { _ in
        issues.withLockedValue { $0 += 1 }
        return nil
    }
    try await counting.provideScope(for: test, testCase: .current, performing: body)
    let count = issues.withLockedValue { $0 }
    #expect(count > 0, comment, sourceLocation: sourceLocation)
}
