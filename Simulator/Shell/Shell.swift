import ControllingStation
import IEC104Link
import Presentation
import StationMonitor

/// Carries out lines, one after the other, on a connection to a controlled station, and shows what passes meanwhile.
package struct Shell: Sendable {
    package struct Options: Sendable {
        /// The station.
        package var target: HostAndPort
        /// k, w and timers of this end.
        package var parameters = LinkParameters()
        /// How long the whole answer to a request may take.
        package var timeout = Duration.seconds(20)
        /// True if a person types the lines.
        package var isInteractive = false
        /// True to end at the first command that fails.
        package var stopsAtFailure = false

        package init(target: HostAndPort) { self.target = target }
    }

    private let options: Options
    private let input: any LineInput
    private let screen: ShellScreen
    private let session: ShellSession

    /// - Parameter write: writes a text to the output.
    package init(_ options: Options, input: any LineInput, write: @escaping @Sendable (String) async throws -> Void) {
        self.options = options
        self.input = input
        screen = ShellScreen(isInteractive: options.isInteractive, write: write)
        session = ShellSession(options, screen)
    }

    /// Connects, and runs until `quit` or the end of the lines.
    ///
    /// - Returns: how many commands have failed.
    /// - Throws: `ConnectFault` if there is no connection to begin with; what `write` throws.
    package func run() async throws -> Int {
        try await session.connect()
        let failures = try await firstResult(
            of: {
                try await screen.showTraffic()
                return nil
            },
            {
                try await session.watch()
                return nil
            },
            { try await runLines() })
        await session.disconnect()
        return failures ?? 0
    }

    private func runLines() async throws -> Int {
        var failures = 0
        try await screen.tell("connected to \(options.target); data transfer is stopped, help lists the commands")
        while true {
            try await screen.ask()
            guard let line = await input.next() else { return failures }
            try await screen.echo(line)
            do {
                guard let command = try ShellCommand(line: line) else { continue }
                if command == .quit { return failures }
                try await session.perform(command)
            } catch let fault as ShellFault {
                failures += 1
                try await screen.tell("failed: \(fault)")
                if options.stopsAtFailure { return failures }
            }
        }
    }
}
