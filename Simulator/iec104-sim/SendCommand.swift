import ArgumentParser
import ControllingStation
import IEC104Model
import Presentation
import ProgramOptions
import StationMonitor

/// `iec104-sim send`.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a command, and tell what the station makes of it.",
        discussion: """
            Connects, starts data transfer, sends the command and waits for its confirmation and termination. Each step \
            is shown as it happens. Nothing is sent but what is asked for: with --select a selection, and the command \
            itself once that is confirmed.

            TYPES AND VALUES
              45, 58  C_SC_NA_1, C_SC_TA_1  single command    on, off, true, false, 1, 0
              46, 59  C_DC_NA_1, C_DC_TA_1  double command    on, off, 2 (on), 1 (off)
              47, 60  C_RC_NA_1, C_RC_TA_1  regulating step   higher, lower, 2, 1
              48, 61  C_SE_NA_1, C_SE_TA_1  normalized value  -1 ... 1 - 2^-15
              49, 62  C_SE_NB_1, C_SE_TB_1  scaled value      -32768 ... 32767
              50, 63  C_SE_NC_1, C_SE_TC_1  short float       any finite number
              51, 64  C_BO_NA_1, C_BO_TA_1  bitstring         0 ... 4294967295, or 0x...
              58...64 carry a time tag: the time of sending in UTC, unless --time and --time-zone say otherwise.

            EXAMPLES
              iec104-sim send 192.0.2.10 --type 45 --ca 1 --ioa 5 --value on --dry-run
              iec104-sim send 192.0.2.10 --type 45 --ca 1 --ioa 5 --value on --select
              iec104-sim send 192.0.2.10 --type C_DC_TA_1 --ca 1 --ioa 6 --value off
              iec104-sim send 192.0.2.10 --type 50 --ca 1 --ioa 7 --value -12.5
              iec104-sim send [2001:db8::1] --type 51 --ca 1 --ioa 8 --value 0xFF --json

            TERMINATION
              Single, double and step commands have to be terminated: without a termination within --timeout the exit \
            code is 1, as nobody knows whether they were carried out. Set-points and bitstrings need not be: without \
            one the exit code is 0, and the last line says so. --termination demands it of every type, \
            --no-termination doesn't wait for it.

            RETURN INFORMATION
              Changes of points with cause 11 or 12 are shown while the command is under way, and for --watch seconds \
            after it. They may be due to another command.

            JSON KEYS (--json)
              event: sent, confirmed, refused, unknown (cause 44...47), terminated, failed (negative termination), \
            return-information, unexpected; with the keys of monitor, and mirrored: false where an answer differs from \
            what was sent. Last comes event outcome with step, outcome, success and text. A dry run has event planned \
            with apci and octets.

            EXIT CODES
              0   confirmed positively, and terminated where the type is; or a dry run
              1   refused or failed: negative confirmation, cause 44...47, negative termination, or no answer in time
              2   the station could not be reached, or the connection broke. A station that has as many connections \
            as it takes closes further ones at once
              64  the command line is wrong; nothing was sent
            """)

    @Argument(help: "The station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort

    @OptionGroup(title: "COMMAND")
    var options: CommandOptions

    @Flag(help: "Select first, and execute once that is confirmed.")
    var select = false

    @Flag(help: "With --select: cancel the selection once it is confirmed, instead of executing.")
    var cancel = false

    @Option(help: ArgumentHelp("How long the whole answer to each step may take, in seconds.", valueName: "s"))
    var timeout = 25.0

    @Flag(
        inversion: .prefixedNo,
        help: "Demand a termination, or don't wait for one. Unless given, that depends on the type.")
    var termination: Bool?

    @Option(help: ArgumentHelp("Show return information for so many seconds after the command.", valueName: "s"))
    var watch = 0.0

    @Flag(
        help: """
            Show the frames that would be sent, decoded and as octets, and connect to nobody. N(R) supposes that nothing \
            comes but a confirmation of each step.
            """)
    var dryRun = false

    @Flag(help: "JSON lines.")
    var json = false

    @OptionGroup(title: "LINK PARAMETERS")
    var link: LinkOptions

    func validate() throws {
        guard !cancel || select else { throw ValidationError("--cancel needs --select: it gives the selection back") }
        guard !select || options.type.withoutTimeTag != .C_BO_NA_1 else {
            throw ValidationError("--select: a bitstring (\(options.type)) can't be selected")
        }
        guard timeout > 0, timeout < 1e9 else { throw ValidationError("--timeout must be above 0") }
        guard watch >= 0, watch < 1e9 else { throw ValidationError("--watch must be 0 or above") }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        var options = CommandRun.Options(target: target, command: try self.options.command)
        options.parameters = link.parameters
        options.steps = cancel ? [.select, .cancel] : select ? [.select, .execute] : [.execute]
        let timeTag = self.options.timeTag
        if self.options.type.hasTimeTag { options.timeTag = { timeTag.tag } }
        options.timeout = .seconds(timeout)
        if let termination { options.termination = termination ? .required : .ignored }
        options.watch = .seconds(watch)
        options.writesLines = json
        let command = CommandRun(options)
        guard !dryRun else { return await command.dryRun() }
        try await ExitCode.orNoRun("\(target)") {
            guard try await command.run().isSuccess else { throw ExitCode.failure }
        }
    }
}
