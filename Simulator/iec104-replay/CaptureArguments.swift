import ArgumentParser

/// Which capture, and what of it.
struct CaptureArguments: ParsableArguments {
    @Argument(help: "The capture, pcap or pcapng; - reads standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "Only connections with this port. Without it: port 2404, and connections that carry APDUs.",
            valueName: "n"))
    var port: UInt16?

    func validate() throws {
        guard port != 0 else { throw ValidationError("--port must be in 1...65535") }
    }
}
