import ArgumentParser
import Presentation
import Replay

/// The command line of the tool for captured traffic.
@main
struct ReplayProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iec104-replay",
        abstract: "Reads, replays and makes captures (pcap, pcapng) of IEC 60870-5-104 traffic.",
        discussion: """
            EXAMPLES
              iec104-replay decode session.pcapng              one line for each APDU
              iec104-replay decode session.pcap --json         the same for programs
              iec104-replay check session.pcap                 what the stations did against the standard
              tcpdump -w - port 2404 | iec104-replay decode -  from standard input
              iec104-replay master session.pcap HOST           its controlling side against a live station
              iec104-replay roundtrip session.pcap             its values through Redis and the connector, compared
              iec104-replay feed session.pcap redis            its values into a store
              iec104-replay record --interface eth0 --output session.pcap

            EXIT CODES
              0   all is well
              1   something was found, or is different
              2   the capture could not be read, or not to its end, whatever was found before; it holds nothing to judge, \
            to compare or to write; the run could not be made
              64  the command line is wrong
              130 ended by Ctrl-C (SIGINT, SIGTERM): the outcome so far is told and reported
            """,
        version: "0.1.0",
        subcommands: [
            DecodeCommand.self, CheckCommand.self, MasterCommand.self, FeedCommand.self, RoundtripCommand.self,
            RecordCommand.self,
        ])
}

extension ExitCode {
    /// The capture could not be read, or not to its end; the run could not be made.
    static let unreadable = ExitCode(2)

    /// The user has ended the run, as shells say it of SIGINT.
    static let interrupted = ExitCode(130)

    /// Does a command's work. What goes wrong, but an exit code of its own, is told and ends the program with 2; the
    /// user's wish ends it with 130.
    ///
    /// - Parameter subject: what it is about, the name of the capture.
    static func orNoRun(_ subject: String, _ work: () async throws -> Void) async throws {
        StandardOutput.ignoreBrokenPipes()
        do {
            try await work()
        } catch let code as ExitCode {
            throw code
        } catch is StandardOutput.Closed {
            // Whoever closes the output has seen enough.
        } catch {
            StandardOutput.note("iec104-replay: \(subject): \(error)")
            if case CaptureFault.interrupted = error { throw interrupted }
            throw unreadable
        }
    }
}
