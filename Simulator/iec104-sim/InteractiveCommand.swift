import ArgumentParser
import Presentation
import ProgramOptions
import Shell
import StationMonitor

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `iec104-sim shell`.
struct InteractiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Work on a station line by line.",
        discussion: """
            Connects, and carries out one command a line: startdt, stopdt, testfr, gi, ci, read, clock, cmd, raw, asdu, \
            wait, show, status, connect, disconnect, help, quit. What arrives meanwhile is shown. Nothing is sent but \
            what a line says, and what the link itself needs: acknowledgements, TESTFR. help COMMAND tells what a \
            command needs.

            Lines come from a pipe as well; each is shown before what it does, # begins a comment.

            EXAMPLES
              iec104-sim shell 192.0.2.10
              rlwrap iec104-sim shell 192.0.2.10     with line editing and history
              printf 'startdt\\ngi\\nwait 5\\n' | iec104-sim shell 192.0.2.10
              iec104-sim shell 192.0.2.10 --stop < acceptance.txt

            EXIT CODES
              0   no command of the pipe has failed; at a terminal always, once it was connected
              1   a command of the pipe has failed
              2   the station could not be reached
              64  the command line is wrong
            """)

    @Argument(help: "The station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort

    @Option(help: ArgumentHelp("How long the whole answer to a command may take.", valueName: "s"))
    var timeout = 20.0

    @Flag(help: "End at the first command that fails.")
    var stop = false

    @OptionGroup(title: "LINK PARAMETERS")
    var link: LinkOptions

    func validate() throws {
        guard timeout > 0, timeout <= 86_400 else {
            throw ValidationError("--timeout is \(timeout), but must be above 0 and at most 86400 s")
        }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        var options = Shell.Options(target: target)
        options.parameters = link.parameters
        options.timeout = .seconds(timeout)
        options.isInteractive = isatty(STDIN_FILENO) == 1 && StandardOutput.isTerminal
        options.stopsAtFailure = stop
        try await ExitCode.orNoRunWhileRead {
            let shell = Shell(options, input: StandardInput()) { try await StandardOutput.put($0) }
            let failures = try await shell.run()
            if failures > 0, !options.isInteractive { throw ExitCode.failure }
        }
    }
}
