import Presentation

/// What the user sees: the traffic as it passes, and between it what commands tell.
actor ShellScreen {
    /// Shown where a line may be typed.
    private static let prompt = "iec104> "

    /// The traffic.
    nonisolated let frames = FrameQueue()
    private var detail = ShellDetail.values
    /// True if a person types the lines; otherwise they are shown before what they do.
    private let isInteractive: Bool
    private let write: @Sendable (String) async throws -> Void
    private var isPrompting = false

    /// - Parameter write: writes a text to the output.
    init(isInteractive: Bool, write: @escaping @Sendable (String) async throws -> Void) {
        self.isInteractive = isInteractive
        self.write = write
    }

    /// Shows the traffic until the task is cancelled.
    ///
    /// - Throws: `StandardOutput.Closed`, `StandardOutput.Failed`.
    func showTraffic() async throws {
        for await _ in frames.arrivals { try await showFrames() }
    }

    /// Shows the frames that have passed by now.
    func showFrames() async throws {
        let (frames, dropped) = frames.takeAll()
        var lines = frames.flatMap { FrameText.lines($0, detail) }
        if dropped > 0 { lines.append("(\(dropped) frames not shown: they came faster than they could be written)") }
        try await put(lines)
    }

    /// Shows what a command tells, behind the traffic that was before it.
    func tell(_ text: String) async throws {
        try await showFrames()
        try await put([text])
    }

    /// The line of a script that is carried out now.
    func echo(_ line: String) async throws {
        if isInteractive { isPrompting = false } else { try await put(["> " + line]) }
    }

    /// Asks for a line.
    func ask() async throws {
        try await showFrames()
        guard isInteractive else { return }
        isPrompting = true
        try await write(Self.prompt)
    }

    func setDetail(_ detail: ShellDetail) { self.detail = detail }

    private func put(_ lines: [String]) async throws {
        guard !lines.isEmpty else { return }
        let text = lines.map { $0 + "\n" }.joined()
        // A prompt that stands there is written again, below.
        try await write(isPrompting ? "\r\u{1B}[K" + text + Self.prompt : text)
    }
}
