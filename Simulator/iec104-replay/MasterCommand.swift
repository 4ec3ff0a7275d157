import ArgumentParser
import IEC104Model
import Presentation
import ProgramOptions
import Replay
import ReplayBench
import StationMonitor
import Synchronization

extension HostAndPort: ExpressibleByArgument {
    /// As a user writes it, `HOST` or `HOST:PORT`.
    public init?(argument: String) { self.init(argument) }
}

/// `iec104-replay master`.
struct MasterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "master",
        abstract: "Play the controlling station of a capture against a live station.",
        discussion: """
            Stateful: the connection has numbers, window and timers of its own. Each recorded request is sent when all \
            answers that were recorded before it have come; what doesn't come within --patience is missing. The answers \
            are compared by type, address, cause, value, quality and time tag, not octet by octet. What comes unasked \
            (spontaneous, periodic) is counted.

            Requests that change something are left out and told, unless --allow-commands is given: commands (45...64), \
            clock synchronization (103), reset process (105), parameters (110...113), and counter interrogations that \
            freeze or reset. Time tags of requests are renewed, in UTC. Files aren't replayed.

            RULES for --ignore: time-tags, order (of points within an interrogation), values, quality, additional \
            (answers that the recording doesn't have).

            EXIT CODES
              0   all answers as recorded
              1   there are differences
              2   the station could not be reached, the capture not be read to its end, or there was nothing to compare
              64  the command line is wrong
              130 ended by Ctrl-C

            EXAMPLES
              iec104-replay master session.pcap 192.0.2.10 --speed max
              iec104-replay master session.pcap localhost:2404 --map-ca 10=1 --ignore values --ignore time-tags
              iec104-replay master session.pcap test-bench --allow-commands --report junit=replay.xml
            """)

    @OptionGroup var capture: CaptureArguments

    @Argument(help: "The live station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort

    @Option(help: ArgumentHelp("The connection of the capture, by the number that decode shows.", valueName: "n"))
    var stream: Int?

    @Option(
        help: ArgumentHelp("So many times as fast as it was recorded, or max.", valueName: "X|max"),
        transform: { text in try Pace.parsed(text) })
    var speed: Pace = .times(1)

    @Flag(help: "Send commands too, and everything else that changes something.")
    var allowCommands = false

    @Option(
        name: .customLong("map-ca"),
        help: ArgumentHelp(
            "Common address of the recording, and of the live station; may be repeated.", valueName: "A=B"))
    var mappings: [CommonAddressMapping] = []

    @Option(help: ArgumentHelp("Don't compare this; may be repeated.", valueName: "rule"))
    var ignore: [IgnoreRule] = []

    @Option(help: ArgumentHelp("How long the station may be silent while an answer is due.", valueName: "s"))
    var patience = 10.0

    @OptionGroup(title: "LINK PARAMETERS") var link: LinkOptions
    @OptionGroup var reports: ReportOptions

    func validate() throws {
        guard patience > 0, patience <= 86_400 else { throw ValidationError("--patience must be in 0...86400 s") }
        guard stream.map({ $0 >= 0 }) ?? true else { throw ValidationError("--stream must not be negative") }
        guard Set(mappings.map(\.recorded)).count == mappings.count else {
            throw ValidationError("--map-ca names a common address of the recording twice")
        }
    }

    private var options: MasterReplay.Options {
        var options = MasterReplay.Options(file: capture.file)
        (options.port, options.stream, options.pace) = (capture.port, stream, speed)
        (options.allowsCommands, options.ignored) = (allowCommands, Set(ignore))
        options.commonAddresses = Dictionary(
            mappings.map { ($0.recorded, $0.live) }, uniquingKeysWith: { first, _ in first })
        options.parameters = link.parameters
        options.patience = .seconds(patience)
        return options
    }

    func run() async throws {
        try await ExitCode.orNoRun(capture.file) {
            let progress = Mutex(ProgressLine())
            defer { progress.withLock { $0.end() } }
            let latest = Mutex(ReplayReport(file: capture.file, target: "\(target)"))
            let (options, target) = (options, target)
            let result = try await untilInterrupted {
                try await MasterReplay(options).run(host: target.host, port: target.port) { feed, report in
                    latest.withLock { $0 = report }
                    progress.withLock {
                        $0.update(
                            position: feed.position, size: feed.size, packets: feed.packets,
                            stage: "\(report.requests) requests")
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

extension IgnoreRule: ExpressibleByArgument {}
