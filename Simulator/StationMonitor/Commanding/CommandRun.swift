import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore
import Presentation

/// Commands a controlled station once: STARTDT, the steps of the command, and what comes of them.
package struct CommandRun: Sendable {
    /// What is commanded, and how.
    package struct Options: Sendable {
        /// The station.
        package var target: HostAndPort
        /// k, w and timers of this end.
        package var parameters = LinkParameters()
        package var command: Command
        /// What is asked for, one after the other; the first that isn't granted ends the run.
        package var steps: [CommandStep] = [.execute]
        /// Makes the time tag of each step as it is sent; nil for the types without.
        package var timeTag: (@Sendable () -> CP56Time2a)?
        /// How long the answer to a step may take.
        package var timeout = Duration.seconds(20)
        package var termination: CommandTermination
        /// How long return information is shown after an execution.
        package var watch = Duration.zero
        /// True for JSON lines, false for text.
        package var writesLines = false

        package init(target: HostAndPort, command: Command) {
            self.target = target
            self.command = command
            termination = CommandTermination(of: command)
        }
    }

    private let options: Options
    private let form: CommandForm

    package init(_ options: Options) {
        self.options = options
        form = options.writesLines ? .json : .text
    }

    /// Sends the command, and writes what happens as it happens.
    ///
    /// - Throws: `ConnectFault`; `ConnectionFault`, also if the connection breaks while return information is waited for.
    package func run() async throws -> CommandVerdict {
        try await ControllingConnection.withConnection(
            host: options.target.host, port: options.target.port, parameters: options.parameters
        ) { connection in
            let exchange = await CommandExchange(connection)
            try await connection.startDataTransfer()
            let verdict = try await perform(exchange)
            await put([form.line(verdict, at: WallClock.milliseconds())])
            if options.watch > .zero, verdict.isSuccess, verdict.step == .execute {
                try await exchange.watchReturnInformation(for: options.watch) { await put(form.lines($0)) }
            }
            return verdict
        }
    }

    private func perform(_ exchange: CommandExchange) async throws -> CommandVerdict {
        // Where nothing is asked for, nothing is confirmed.
        var verdict = self.verdict(.execute, .unconfirmed)
        for step in options.steps {
            let outcome = try await exchange.perform(
                step, of: options.command, time: options.timeTag?(), timeout: options.timeout,
                awaitsTermination: options.termination != .ignored
            ) { await put(form.lines($0)) }
            verdict = self.verdict(step, outcome)
            guard verdict.isSuccess else { break }
        }
        return verdict
    }

    private func verdict(_ step: CommandStep, _ outcome: CommandOutcome) -> CommandVerdict {
        CommandVerdict(step: step, outcome: outcome, termination: options.termination, timeout: options.timeout)
    }

    /// Writes the frames that `run` would send, and connects to nobody.
    package func dryRun() async {
        await put(PlannedFrame.frames(of: options).map { form.line($0) })
    }

    /// A command that is under way is carried through even if nobody reads the output any more.
    private func put(_ lines: [String]) async {
        try? await StandardOutput.put(lines.map { $0 + "\n" }.joined())
    }
}
