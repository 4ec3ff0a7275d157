import Presentation

/// Lines on their way to standard output: written 64 KiB at a time, or at once where somebody waits for them.
package struct OutputLines {
    private static let limit = 1 << 16
    private let isWaitedFor: Bool
    private var text = ""

    /// - Parameter isLive: true if more lines may be long in coming.
    package init(isLive: Bool) {
        isWaitedFor = isLive || StandardOutput.isTerminal
    }

    /// Adds lines.
    package mutating func put(_ lines: [String]) async throws {
        for line in lines {
            text += line
            text += "\n"
        }
        if isWaitedFor || text.utf8.count >= Self.limit { try await flush() }
    }

    /// Writes what is there. If the task is cancelled, only what is taken at once.
    package mutating func flush() async throws {
        guard !text.isEmpty else { return }
        let written = text
        text = ""
        do { try await StandardOutput.put(written) } catch is CancellationError {}
    }
}
