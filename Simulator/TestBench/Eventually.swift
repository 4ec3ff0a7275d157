/// Waits until `condition` gives a value, asking again and again.
///
/// An error thrown by `condition` counts as "not yet"; the last one is told if time runs out.
///
/// - Parameters:
///   - what: what is waited for, as the end of the sentence "it never happened that ...".
///   - interval: the pause between two askings.
/// - Throws: `BenchError` that names what was waited for, where, and for how long.
package func eventually<Value>(
    _ what: String = "the condition holds", within limit: Duration = .seconds(60),
    every interval: Duration = .milliseconds(10), isolation: isolated (any Actor)? = #isolation,
    fileID: StaticString = #fileID, line: UInt = #line, _ condition: () async throws -> Value?
) async throws -> Value {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while true {
        var lastError: (any Error)?
        do {
            if let value = try await condition() { return value }
        } catch let error as CancellationError {
            throw error
        } catch {
            lastError = error
        }
        guard clock.now < deadline else {
            let reason = lastError.map { " (last error: \($0))" } ?? ""
            throw BenchError("\(fileID):\(line): within \(limit) it never happened that \(what)\(reason)")
        }
        try await clock.sleep(for: interval)
    }
}

/// Waits until `condition` is true, asking again and again; see the other form.
package func eventually(
    _ what: String = "the condition holds", within limit: Duration = .seconds(60),
    every interval: Duration = .milliseconds(10), isolation: isolated (any Actor)? = #isolation,
    fileID: StaticString = #fileID, line: UInt = #line, _ condition: () async throws -> Bool
) async throws {
    try await eventually(what, within: limit, every: interval, fileID: fileID, line: line) { () async throws -> Void? in
        try await condition() ? () : nil
    }
}
