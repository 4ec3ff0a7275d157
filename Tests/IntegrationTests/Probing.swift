import ControllingStation
import NIOCore

extension ControllingConnection {
    /// Sends TESTFR act, one after the other, until the task is cancelled.
    ///
    /// - Returns: the longest time that an answer took.
    func longestAnswer() async throws -> TimeAmount {
        var longest = TimeAmount.nanoseconds(0)
        while !Task.isCancelled {
            do {
                longest = max(longest, try await test())
                try await Task.sleep(for: .milliseconds(5))
            } catch is CancellationError {
                break
            }
        }
        return longest
    }
}
