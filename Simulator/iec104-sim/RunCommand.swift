import ArgumentParser
import Foundation
import NIOPosix
import Presentation
import ProgramOptions
import ScenarioRunner
import StationMonitor

/// `iec104-sim run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run an acceptance scenario of your own.",
        discussion: """
            Runs the steps of a scenario, a YAML file, and tells the outcome of each as it happens. The first step that \
            fails ends the run: it says what was expected, and what came when.

            EXAMPLES
              iec104-sim run interrogation.yaml 192.0.2.10 --set ca=2
              iec104-sim run avalanche.yaml localhost --redis localhost --id station1
              iec104-sim run my.yaml --check

            The README has the steps and their properties; Simulator/Scenarios has examples.

            EXIT CODES
              0   passed, or nothing to complain of with --check
              1   a step failed
              2   the file can't be used, the station or the store can't be reached, or the run broke off
              64  the command line is wrong
            """)

    @Argument(help: ArgumentHelp("The scenario.", valueName: "file"))
    var file: String

    @Argument(help: "The station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort?

    @Option(
        help: ArgumentHelp("Give a variable of the scenario another value; may be repeated.", valueName: "name=value"))
    var set: [String] = []

    @Flag(help: "Check the file, and connect to nobody.")
    var check = false

    @OptionGroup(title: "INJECTION")
    var store: StoreOptions

    @OptionGroup(title: "LINK PARAMETERS")
    var link: LinkOptions

    func validate() throws {
        guard check || target != nil else { throw ValidationError("HOST[:PORT] is missing; --check needs none") }
        for setting in set where setting.split(separator: "=", maxSplits: 1).count != 2 {
            throw ValidationError("--set \(setting): NAME=VALUE is expected")
        }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        let scenario = try read()
        guard !check, let target else {
            return try await StandardOutput.put("\(file): \(scenario.steps.count) steps, no fault\n")
        }
        guard !scenario.needsStore || store.redis != nil else {
            // Thrown as a validation error, it would come with the usage of the whole program.
            StandardOutput.note("iec104-sim run: \(file) injects data points: --redis is missing")
            throw ExitCode.validationFailure
        }
        try await ExitCode.orNoRun {
            guard try await run(scenario, target) == .passed else { throw ExitCode.failure }
        }
    }

    private func read() throws -> Scenario {
        let settings = set.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            .compactMap { parts in zip(parts.prefix(1), parts.dropFirst()).first { _ in true } }
        do {
            return try ScenarioReader.read(
                try contents, file: file, settings: Dictionary(settings) { _, last in last })
        } catch {
            StandardOutput.note("\(error)")
            throw ExitCode.noRun
        }
    }

    private var contents: String {
        get throws {
            do {
                return try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                throw ValidationError("\(file) can't be read: \(error.localizedDescription)")
            }
        }
    }

    private func run(_ scenario: Scenario, _ target: HostAndPort) async throws -> ScenarioOutcome {
        var options = ScenarioRun.Options(target: target)
        options.parameters = link.parameters
        if let configuration = store.configuration, scenario.needsStore {
            options.store = try await ScenarioStore.connect(
                configuration, id: store.id, on: MultiThreadedEventLoopGroup.singleton.any())
        }
        let run = ScenarioRun(options) { line in try? await StandardOutput.put(line + "\n") }
        do {
            let outcome = try await run.run(scenario)
            await options.store?.close()
            return outcome
        } catch {
            await options.store?.close()
            throw error
        }
    }
}
