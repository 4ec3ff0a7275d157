import Presentation

/// Lines on their way to standard output, written 64 KiB at a time.
package struct OutputLines {
    private static let limit = 1 << 16
    private var text = ""

    package init() {}

    /// Adds lines.
    package mutating func put(_ lines: [String]) async throws {
        for line in lines {
            text += line
            text += "\n"
        }
        if text.utf8.count >= Self.limit { try await flush() }
    }

    /// Writes what is there.
    package mutating func flush() async throws {
        guard !text.isEmpty else { return }
        let written = text
        text = ""
        try await StandardOutput.put(written)
    }
}
