import ArgumentParser
import Presentation
import Replay
import StationMonitor
import Synchronization

/// `iec104-replay record`.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Capture the traffic of an interface.",
        discussion: """
            Writes pcap, at once: the file can be read while it grows. Ends at Ctrl-C or after --duration, and tells how \
            much was captured. Capturing is a right: run it with sudo, or give the program the right once:
            sudo setcap cap_net_raw=ep /path/to/iec104-replay

            EXAMPLES
              iec104-replay record --interface eth0 --output session.pcap
              iec104-replay record --interface any --host 192.0.2.10 --duration 3600 --output hour.pcap
              iec104-replay record --interface lo --output - | iec104-replay decode -
            """)

    @Option(help: ArgumentHelp("The interface, such as eth0 or lo; any captures on all.", valueName: "name"))
    var interface: String

    @Option(help: ArgumentHelp("TCP port of the controlled station.", valueName: "n"))
    var port: UInt16 = 2404

    @Option(help: ArgumentHelp("Only what goes to or comes from this address.", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The file to write, which is replaced; - is standard output.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("End after so many seconds.", valueName: "s"))
    var duration: Double?

    func validate() throws {
        guard port != 0 else { throw ValidationError("--port must be in 1...65535") }
        guard duration.map({ $0 > 0 && $0 < 1e9 }) ?? true else { throw ValidationError("--duration must be above 0") }
        guard host?.contains(where: { !$0.isLetter && !$0.isNumber && !".:-_".contains($0) }) != true else {
            throw ValidationError("--host must be a name or an address")
        }
    }

    func run() async throws {
        try await ExitCode.orNoRun("record") {
            let mustStop = Atomic<Bool>(false)
            let interruption = await Interruption()
            let counts = try await firstResult(
                of: {
                    await interruption.next()
                    mustStop.store(true, ordering: .relaxed)
                    return nil as LiveCapture.Counts?
                },
                {
                    guard let duration else { return nil }
                    try await Task.sleep(for: .seconds(duration))
                    mustStop.store(true, ordering: .relaxed)
                    return nil
                },
                { try await capture { mustStop.load(ordering: .relaxed) } })
            guard let counts else { return }
            StandardOutput.note(
                "\(output): \(counts.packets) packets, \(counts.octets) octets"
                    + (counts.dropped == 0 ? "" : "; \(counts.dropped) packets LOST: the machine was too slow"))
        }
    }

    private func capture(until mustStop: () -> Bool) async throws -> LiveCapture.Counts {
        var capture = try LiveCapture(interface: interface, port: port, host: host, path: output)
        StandardOutput.note("capturing TCP port \(port) on \(interface); Ctrl-C ends it")
        var progress = ProgressLine()
        while !mustStop() {
            try capture.drain()
            progress.update(position: capture.counts.octets, size: nil, packets: capture.counts.packets)
            try await Task.sleep(for: .milliseconds(20))
        }
        try capture.drain()
        progress.end()
        return capture.counts
    }
}
