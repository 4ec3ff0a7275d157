import ArgumentParser
import Presentation
import Replay

/// `iec104-replay decode`.
struct DecodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Show every APDU of a capture.",
        discussion: """
            Lines with an exclamation mark say what is malformed, or missing in the capture; decoding goes on with the \
            next APDU that makes sense. What comes through a pipe is shown as it comes; Ctrl-C ends it.
            """)

    @OptionGroup var capture: CaptureArguments

    @Flag(help: "JSON, one line for each APDU.")
    var json = false

    @Flag(help: "A line for each information object.")
    var objects = false

    func validate() throws {
        guard !(json && objects) else { throw ValidationError("--json shows all objects; leave --objects out") }
    }

    func run() async throws {
        try await ExitCode.orNoRun(capture.file) {
            try await untilInterrupted {
                if json {
                    try await decode(DecodeJSON())
                } else {
                    try await decode(DecodeText(showsObjects: objects))
                }
            }
        }
    }

    private func decode(_ format: some DecodeOutput) async throws {
        var format = format
        var feed = try CaptureFeed(path: capture.file, port: capture.port)
        var (output, progress) = (OutputLines(isLive: feed.isLive), ProgressLine())
        // On a terminal, the lines themselves are progress enough.
        let showsProgress = !StandardOutput.isTerminal
        var lineCount = 0
        while let item = feed.next() {
            let lines =
                switch item {
                case .traffic(let events): events.flatMap { format.lines(for: $0) }
                case .malformed(let fault, let packet): format.lines(for: fault, in: packet)
                }
            lineCount += lines.count
            try await output.put(lines)
            if showsProgress {
                progress.update(position: feed.position, size: feed.size, packets: feed.packets)
            }
        }
        progress.end()
        try await output.flush()
        if let fault = feed.fault { throw fault }
        if lineCount == 0 {
            StandardOutput.note(
                "iec104-replay: \(capture.file): no IEC 104 traffic in \(feed.packets) packets\(capture.portHint)")
        }
    }
}
