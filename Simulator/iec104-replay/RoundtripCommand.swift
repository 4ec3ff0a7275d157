import ArgumentParser
import Presentation
import Replay
import ReplayBench
import Synchronization

/// `iec104-replay roundtrip`.
struct RoundtripCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roundtrip",
        abstract: "Feed a connector with what a capture monitored, and compare what comes out.",
        discussion: """
            Starts a throwaway Redis and iec104-connector, with a mapping made from the capture: each point with its \
            address and type. Every value that the controlled stations reported is written to image and stream, and \
            has to come out with type, address, value, quality, cause and time as recorded. Interrogation answers \
            become the image, which is then interrogated. A point that the capture shows with several types takes \
            further rounds.

            What can't come out (answers to commands, system information, types that the connector doesn't serve) is \
            counted and told. Needs redis-server, and iec104-connector beside this program, in PATH or named by \
            IEC104_CONNECTOR. The capture is read more than once, so it can't be standard input.

            EXIT CODES
              0   everything came out as recorded
              1   something didn't
              2   the run could not be made, the capture not be read to its end, or there was nothing to compare
              64  the command line is wrong
              130 ended by Ctrl-C

            EXAMPLES
              iec104-replay roundtrip session.pcap
              iec104-replay roundtrip session.pcap --report junit=roundtrip.xml
            """)

    @OptionGroup var capture: CaptureArguments
    @Option(help: ArgumentHelp("How long nothing may come out while something is due.", valueName: "s"))
    var patience = 20.0

    @OptionGroup var reports: ReportOptions

    func validate() throws {
        guard !canBeReadOnlyOnce(capture.file) else {
            throw ValidationError("roundtrip reads the capture more than once: name a file instead of \(capture.file)")
        }
        guard patience > 0, patience <= 86_400 else { throw ValidationError("--patience must be in 0...86400 s") }
    }

    func run() async throws {
        try await ExitCode.orNoRun(capture.file) {
            let progress = Mutex(ProgressLine())
            let latest = Mutex(RoundtripReport(file: capture.file))
            let roundtrip = Roundtrip(
                file: capture.file, port: capture.port, patience: .seconds(patience)
            ) { traffic, report, stage in
                latest.withLock { $0 = report }
                progress.withLock {
                    $0.update(position: traffic.position, size: traffic.size, packets: traffic.packets, stage: stage)
                }
            }
            defer { progress.withLock { $0.end() } }
            let result = try await untilInterrupted {
                do {
                    return try await roundtrip.run()
                } catch let fault as CaptureFault {
                    return latest.withLock {
                        $0.fault = fault
                        return $0
                    }
                }
            } orElse: {
                latest.withLock { $0.interrupted }
            }
            progress.withLock { $0.end() }
            try await reports.conclude(result)
        }
    }
}
