import ArgumentParser
import ControllingStation
import IEC104Model
import Presentation
import ProgramOptions
import StationMonitor

/// `iec104-sim monitor`.
struct MonitorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitor",
        abstract: "Show what a station has, and what changes.",
        discussion: """
            Connects, starts data transfer, interrogates, and then shows everything that comes: on a terminal as a \
            table that is kept up to date, in a pipe (or with --json) as one JSON object for each information object.

            EXAMPLES
              iec104-sim monitor localhost
              iec104-sim monitor 192.0.2.10:2404 --ca 1 --ca 2
              iec104-sim monitor [2001:db8::1]:2404 --no-interrogation
              iec104-sim monitor localhost --json | jq 'select(.typeid == 31)'
              iec104-sim monitor localhost --duration 10 --json > ten.jsonl

            JSON KEYS
              time (of reception), typeid, name, cot, cause, ca, ioa, value, quality (a list, such as ["NT","IV"]), \
            timestamp (the time tag: iso without zone, because a time tag tells none; iv, gen, su), neg, test, oa; \
            and what only some types have, such as state, transient, sequence, select, qoi.

            It ends at Ctrl-C or after --duration with exit code 0; with 2 when the connection can't be made or is lost, or \
            when STARTDT act isn't confirmed.
            """)

    @Argument(help: "The station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort

    @Option(
        name: .customLong("ca"), help: ArgumentHelp("Interrogate this common address; may be repeated.", valueName: "n")
    )
    var commonAddresses: [UInt16] = []

    @Flag(
        inversion: .prefixedNo,
        help: "Interrogate all common addresses (65535) or those of --ca, or nothing.")
    var interrogation = true

    @Flag(help: "Interrogate counters (C_CI_NA_1) as well: they are no part of a general interrogation.")
    var counters = false

    @Flag(help: "JSON lines, also on a terminal.")
    var json = false

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "s"))
    var duration: Double?

    @Option(help: "Originator address of the interrogation, 0...255; 0 uses none.")
    var originator: UInt8 = 0

    @OptionGroup(title: "LINK PARAMETERS")
    var link: LinkOptions

    func validate() throws {
        if let duration, !(duration > 0 && duration < 1e9) {
            throw ValidationError("--duration must be above 0")
        }
        guard interrogation || (commonAddresses.isEmpty && !counters) else {
            throw ValidationError("--no-interrogation excludes --ca and --counters")
        }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        var options = Monitor.Options(
            host: target.host, port: target.port, writesLines: json || !StandardOutput.isTerminal)
        options.parameters = link.parameters
        options.originatorAddress = originator
        options.interrogatesCounters = counters
        options.duration = duration.map { .seconds($0) }
        if !interrogation {
            options.commonAddresses = []
        } else if !commonAddresses.isEmpty {
            options.commonAddresses = commonAddresses.map { CommonAddress(rawValue: $0) }
        }
        try await ExitCode.orNoRun {
            switch try await Monitor(options).run() {
            case .interrupted, .elapsed, .outputClosed: return
            case .notStarted: StandardOutput.note("iec104-sim: \(target) has not confirmed STARTDT act")
            case .lost(let reason, let isStarted):
                let hint = isStarted ? "" : ", before STARTDT con; does the station take another connection?"
                StandardOutput.note("iec104-sim: connection to \(target) lost: \(reason)\(hint)")
            }
            throw ExitCode.noRun
        }
    }
}

extension HostAndPort: ExpressibleByArgument {
    /// As the user writes it.
    public init?(argument: String) {
        self.init(argument)
    }
}
