/// Runs all operations at once. The first result that isn't nil, or the first error, is the outcome; the operations that
/// still run then are cancelled and waited for. Nil if all of them have ended without a result.
package func firstResult<Result: Sendable>(
    of operations: (@Sendable () async throws -> Result?)...
) async throws -> Result? {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        for operation in operations { group.addTask(operation: operation) }
        defer { group.cancelAll() }
        for try await result in group {
            if let result { return result }
        }
        return nil
    }
}
