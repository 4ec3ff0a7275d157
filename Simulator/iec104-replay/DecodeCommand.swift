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
            next APDU that makes sense.
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
            if json {
                try await decode(DecodeJSON())
            } else {
                try await decode(DecodeText(showsObjects: objects))
            }
        }
    }

    private func decode(_ format: some DecodeOutput) async throws {
        var format = format
        var feed = try CaptureFeed(path: capture.file, port: capture.port)
        var (output, progress) = (OutputLines(), ProgressLine())
        do {
            while let item = try feed.next() {
                switch item {
                case .traffic(let events):
                    for event in events { try await output.put(format.lines(for: event)) }
                case .malformed(let fault, let packet):
                    try await output.put(format.lines(for: fault, in: packet))
                }
                progress.update(position: feed.position, size: feed.size, packets: feed.packets)
            }
        } catch let fault as CaptureFault {
            progress.end()
            try await output.flush()
            throw fault
        }
        progress.end()
        try await output.flush()
    }
}
