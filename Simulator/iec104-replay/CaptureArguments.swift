import ArgumentParser
import Foundation

/// Which capture, and what of it.
struct CaptureArguments: ParsableArguments {
    @Argument(help: "The capture, pcap or pcapng; - reads standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "Only connections with this port. Without it: port 2404, and connections that carry APDUs.",
            valueName: "n"))
    var port: UInt16?

    /// What may help if nothing is found, to be put behind that.
    var portHint: String {
        port.map { " on port \($0); without --port, connections are found by what they carry" }
            ?? "; --port names another port than 2404"
    }

    func validate() throws {
        guard port != 0 else { throw ValidationError("--port must be in 1...65535") }
    }
}

/// True for pipes and such, which can be read but once; false for what isn't there, which is told when it is opened.
func canBeReadOnlyOnce(_ path: String) -> Bool {
    guard path != "-" else { return true }
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
}
