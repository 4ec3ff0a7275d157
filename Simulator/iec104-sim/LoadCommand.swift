import ArgumentParser
import IEC104Model
import Load
import Presentation
import ProgramOptions
import StationMonitor

/// `iec104-sim load`.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Put load on a station, and tell rates, losses and latencies.",
        discussion: """
            Connects so many controlling stations, starts data transfer on each, interrogates them all at once, and \
            receives for --duration seconds. With --redis and --rate it writes events meanwhile to the input stream of a \
            connector, each when it is due, whether or not the ones before it have arrived.

            An event is a bitstring with time tag (type 33) whose value counts up, so that loss, duplicates and order \
            are counted exactly for each connection. Latency is the time from the moment an event was due, not from when \
            it was written, to its reception: a stall shows in all events that it holds up.

            THE CONNECTOR
              maxConnections must allow for --connections. Its mapping must have the points with type 33, IOA --ioa and \
            the --points that follow it, and nobody else may write them. Without a mapping it serves them as they are. \
            The stream is kept at 1000000 entries by these writes.

            EXAMPLES
              iec104-sim load 192.0.2.10 --connections 10 --duration 30
              iec104-sim load localhost --connections 10 --duration 30 --redis localhost --id station1 --rate 1000 \
            --ca 1 --ioa 9001 --points 50
              iec104-sim load localhost --connections 100 --duration 60 --json > load.json

            JSON KEYS (--json)
              even, interrupted; connections, standing; start, interrogation and latency with count, perSecond, p50Ms, p90Ms, p99Ms, \
            p99.9Ms, maxMs; seconds, objects; written, writeSeconds, writeDelayMs, received, lost, duplicates, \
            misordered, foreign; perConnection, a list of the same counts with number and ended.

            Ctrl-C ends the load before its time and tells the outcome so far; a second one ends the program.

            EXIT CODES
              0   all stayed connected, and nothing was lost, doubled or out of order
              1   otherwise
              2   not all could connect and interrogate, a connection broke before the load began, or the store could \
            not be written
              64  the command line is wrong
            """)

    @Argument(help: "The station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort

    @Option(help: ArgumentHelp("Connections at the same time, 1...1000.", valueName: "n"))
    var connections: Int

    @Option(help: ArgumentHelp("How long to receive, or to write events.", valueName: "s"))
    var duration: Double

    @Option(
        name: .customLong("ca"),
        help: ArgumentHelp(
            "Common address of the events and of the interrogation; unless given, 1, and all by 65535.", valueName: "n")
    )
    var commonAddress: UInt16?

    @Flag(inversion: .prefixedNo, help: "Interrogate on each connection, before the load.")
    var interrogation = true

    @Flag(help: "One JSON object instead of a table.")
    var json = false

    @OptionGroup(title: "EVENTS")
    var store: StoreOptions

    @OptionGroup(title: "EVENTS")
    var events: EventOptions

    @OptionGroup(title: "LINK PARAMETERS")
    var link: LinkOptions

    func validate() throws {
        guard (1...1000).contains(connections) else {
            throw ValidationError("--connections is \(connections), but must be in 1...1000")
        }
        guard duration > 0, duration <= 86_400 else {
            throw ValidationError("--duration is \(duration), but must be above 0 and at most 86400 s")
        }
        guard (store.redis == nil) == (events.rate == nil) else {
            throw ValidationError("--redis and --rate belong together: where to write events, and how many a second")
        }
        guard commonAddress != CommonAddress.broadcast.rawValue || events.rate == nil else {
            throw ValidationError("--ca 65535 is all stations; a point has one of its own, 0...65534")
        }
        _ = try events.plan(duration: duration, commonAddress: commonAddress ?? 1)
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        var options = LoadOptions(host: target.host, connections: connections, duration: .seconds(duration))
        options.port = target.port
        options.parameters = link.parameters
        options.interruption = { await Interruption.wait() }
        options.interrogated = interrogation ? commonAddress.map { CommonAddress(rawValue: $0) } ?? .broadcast : nil
        let plan = try events.plan(duration: duration, commonAddress: commonAddress ?? 1)
        try await ExitCode.orNoRun("\(target)") {
            var feed: StreamFeed?
            if let plan, let configuration = store.configuration {
                let stream = try await StreamFeed.connect(configuration, id: store.id, stream: events.stream)
                options.events = (plan, stream)
                feed = stream
            }
            defer { ProgressLine.clear() }
            let outcome = try await Load(options) { ProgressLine.show($0.text) }.run()
            ProgressLine.clear()
            await feed?.close()
            try await StandardOutput.put((json ? LoadJSON.text(outcome) : LoadTable.text(outcome)) + "\n")
            if !outcome.isEven { throw ExitCode.failure }
        }
    }
}
