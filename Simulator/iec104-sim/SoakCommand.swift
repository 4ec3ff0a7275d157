import ArgumentParser
import Presentation
import Soak

/// `iec104-sim soak`.
struct SoakCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "soak",
        abstract: "Run the chain under random faults, then balance what each master was sent.",
        discussion: """
            Starts a throwaway Redis (append-only file) and the connector, writes updates to image keys and stream, and \
            connects masters: two that stay, a slow one, one that stalls, visitors, and one that stops and starts data \
            transfer. Meanwhile Redis is killed or stands still, the connector is killed, a master reads nothing, mapping \
            and link parameters change.

            In the end every session of every master is compared with the stream that the store holds: every entry \
            exactly once, in order, from STARTDT to the end of the session; and a closing interrogation with the image.

            EXAMPLES
              iec104-sim soak --duration 60
              iec104-sim soak --seed 4711            the same faults again

            EXIT CODES
              0   even
              1   something was lost, sent twice, out of order, altered, or ended without reason
              2   the chain could not be set up, or didn't recover from a fault
            """)

    @Option(help: ArgumentHelp("For how long faults happen.", valueName: "s"))
    var duration = 900.0

    @Option(help: ArgumentHelp("Decides which faults happen and when; random unless given.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Updates a second, up to 5000.", valueName: "r"))
    var rate = 300.0

    @Option(help: ArgumentHelp("The longest pause between two faults.", valueName: "s"))
    var pause = 8.0

    func validate() throws {
        guard duration > 0, duration < 1e7 else { throw ValidationError("--duration must be above 0") }
        guard rate > 0, rate <= 5000 else { throw ValidationError("--rate must be above 0 and at most 5000") }
        guard pause > 0, pause <= 3600 else { throw ValidationError("--pause must be above 0 and at most 3600") }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        var options = SoakOptions(seed: seed ?? UInt64(UInt32.random(in: 1...UInt32.max)))
        (options.duration, options.rate, options.pause) = (.seconds(duration), rate, .seconds(pause))
        try await ExitCode.orNoRun("seed \(options.seed)") {
            let outcome = try await Soak(options) { try await StandardOutput.put($0 + "\n") }.run()
            try await StandardOutput.put(outcome.summary + "\n")
            if !outcome.isEven { throw ExitCode.failure }
        }
    }
}
