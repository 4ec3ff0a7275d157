import ArgumentParser
import DataStore
import NIOPosix
import Presentation
import Replay
import ReplayBench
import StationMonitor
import Synchronization

/// `iec104-replay feed`.
struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "Write what a capture monitored into image and stream of a store.",
        discussion: """
            Every value that the controlled stations reported is written as other connectors write it: to its image key \
            and to the input stream, with value, quality, cause and time as recorded. Interrogation answers go to the \
            image only, for they are no events. What a data point can't say is counted and told.

            With --id, configuration and mapping of a connector are written first, made from the capture: each point \
            with its address and type. Documents that are there already are left alone, and that is an error unless \
            --replace is given. --mapping-json and --config-json write them to files instead, under the same rule; without \
            "redis", that is all that is done.

            EXAMPLES
              iec104-replay feed session.pcap redis --host 127.0.0.1 --speed 10
              iec104-replay feed session.pcap --mapping-json mapping.json --config-json config.json
              iec104-replay feed session.pcap --id test redis --speed max && iec104-connector --id test redis
            """)

    @Argument(help: "The capture, pcap or pcapng; - reads standard input, where no documents are asked for.")
    var file: String

    @Argument(help: "The word redis, before the parameters of the store.")
    var store: StoreWord?

    @OptionGroup(title: "STORE") var storeOptions: StoreOptions

    @Option(
        help: ArgumentHelp("So many times as fast as it was recorded, or max.", valueName: "X|max"),
        transform: { text in try Pace.parsed(text) })
    var speed: Pace = .times(1)

    @Option(help: ArgumentHelp("The input stream of the connector.", valueName: "name"))
    var stream = PointWriter.defaultStream

    @Option(help: "Only connections of the capture with this port.")
    var capturePort: UInt16?

    @Option(help: ArgumentHelp("Also write the documents of the connector with this id.", valueName: "id"))
    var id: String?

    @Flag(help: "Let documents be replaced.")
    var replace = false

    @Option(help: ArgumentHelp("Write the mapping to a file; - is standard output.", valueName: "file"))
    var mappingJson: String?

    @Option(help: ArgumentHelp("Write the configuration to a file; - is standard output.", valueName: "file"))
    var configJson: String?

    private var needsDocuments: Bool { id != nil || mappingJson != nil || configJson != nil }

    func validate() throws {
        guard capturePort != 0 else { throw ValidationError("--capture-port must be in 1...65535") }
        guard id?.isEmpty != true else { throw ValidationError("--id must not be empty") }
        guard store != nil || (mappingJson ?? configJson) != nil else {
            throw ValidationError(
                "say where to write: \"redis\" and the parameters of the store, or --mapping-json FILE")
        }
        guard store != nil || id == nil else { throw ValidationError("--id needs a store: add \"redis\"") }
        guard needsDocuments || !replace else {
            throw ValidationError("--replace needs --id, --mapping-json or --config-json")
        }
        guard !needsDocuments || !canBeReadOnlyOnce(file) else {
            throw ValidationError("documents take a second reading of the capture: name a file instead of \(file)")
        }
    }

    func run() async throws {
        try await ExitCode.orNoRun(file) {
            let documents = try needsDocuments ? documents() : nil
            try await documents?.write(mapping: mappingJson, configuration: configJson, replacing: replace)
            guard store != nil else {
                if let fault = documents?.fault { throw fault }
                if documents?.pointCount == 0 { throw ExitCode.unreadable }
                return
            }
            let store = try await connect()
            do {
                if let documents, let id { try await documents.publish(for: id, in: store, replacing: replace) }
                try await feed(into: store)
                await store.close()
            } catch {
                await store.close()
                throw error
            }
        }
    }

    private func connect() async throws -> RedisConnection {
        do {
            return try await RedisConnection.connect(
                storeOptions.configuration, on: MultiThreadedEventLoopGroup.singleton.next())
        } catch let error as StoreError {
            // Who refuses has been found.
            let remedy =
                if case .refused = error { "--user and --pwd tell who asks" } else {
                    "--host, --port or --socket tell where it is"
                }
            throw NoStore(description: "the store can't be used: \(error); \(remedy)")
        }
    }

    private struct NoStore: Error, CustomStringConvertible {
        let description: String
    }

    private func documents() throws -> CaptureDocuments {
        let documents = CaptureDocuments(try PointSurvey(file: file, port: capturePort))
        if documents.pointCount == 0 { StandardOutput.note("\(file): no point in it that a connector could serve") }
        if documents.ambiguousCount > 0 {
            StandardOutput.note(
                "\(file): \(documents.ambiguousCount) points with several types; the mapping has the first of each")
        }
        return documents
    }

    /// Feeds until the end of the capture or the user's wish, and tells what was written.
    private func feed(into store: RedisConnection) async throws {
        let latest = Mutex(FeedSummary())
        let progress = Mutex(ProgressLine())
        let feed = Feed(file: file, port: capturePort, pace: speed, stream: stream)
        defer { progress.withLock { $0.end() } }
        let summary = try await untilInterrupted {
            try await feed.run(into: store) { summary in
                latest.withLock { $0 = summary }
                progress.withLock {
                    $0.update(
                        position: summary.position, size: summary.size, packets: summary.packets,
                        stage: "\(summary.events + summary.states) values")
                }
            }
            return latest.withLock { $0 }
        } orElse: {
            var summary = latest.withLock { $0 }
            summary.fault = .interrupted(afterPackets: summary.packets)
            return summary
        }
        progress.withLock { $0.end() }
        try await StandardOutput.put(summary.lines.joined(separator: "\n") + "\n")
        if let fault = summary.fault { throw fault }
        if summary.events + summary.states == 0 {
            StandardOutput.note("iec104-replay: \(file): no values in it; --capture-port names another port than 2404")
            throw ExitCode.unreadable
        }
    }
}
