import ArgumentParser
import ControllingStation
import Demonstration
import Presentation

/// `iec104-sim demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the whole chain: Redis, connector, moving points, a master.",
        discussion: """
            Starts a throwaway Redis and the connector (iec104-connector, found next to this program or in PATH), \
            moves the points of two substations as other connectors would, and connects as a master that shows what \
            comes out. All of it lives on loopback addresses of its own and is gone afterwards.

            It ends at Ctrl-C or after --duration. Then what came out is compared with what was fed in: every update \
            exactly once, in order, with value, quality, cause and time tag; and a closing interrogation with the \
            final image.

            EXAMPLES
              iec104-sim demo
              iec104-sim demo --duration 10 --rate 200 | cat

            ENVIRONMENT
              IEC104_CONNECTOR      the connector's program, if it is elsewhere
              IEC104_REDIS_SERVER   another server, such as valkey-server

            EXIT CODES
              0   everything came out as it went in
              1   something differs; the differences are listed
              2   the chain could not be set up, or broke
            """)

    @Option(help: ArgumentHelp("End feeding after so many seconds; 0 feeds until Ctrl-C.", valueName: "s"))
    var duration = 0.0

    @Option(help: ArgumentHelp("Updates a second, up to 10000.", valueName: "r"))
    var rate = 20.0

    func validate() throws {
        guard duration >= 0, duration < 1e9 else { throw ValidationError("--duration must be 0 or above") }
        guard rate > 0, rate <= 10_000 else { throw ValidationError("--rate must be above 0 and at most 10000") }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        let options = Demonstration.Options(
            duration: duration > 0 ? .seconds(duration) : nil, rate: rate, showsTable: StandardOutput.isTerminal)
        try await ExitCode.orNoRunWhileRead {
            let outcome = try await Demonstration(options).run()
            try await StandardOutput.put(outcome.summary + "\n")
            if !outcome.isEqual { throw ExitCode.failure }
        }
    }
}
