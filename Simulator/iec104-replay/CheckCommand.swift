import ArgumentParser
import Presentation
import Replay

/// `iec104-replay check`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell what the stations of a capture did against the standard.",
        discussion: """
            Each finding has the frame it is about, its time, the connection, the direction (c2s: from the controlling \
            station) and the rule. What can't be known isn't judged: what came before the capture, and what surrounds \
            octets that the capture lacks. Delays have one second's grace, since the capture was made somewhere \
            between the stations.

            EXAMPLES
              iec104-replay check session.pcap
              iec104-replay check session.pcap --t1 5 --t2 2 --t3 10 --report junit=check.xml --report json=check.json
            """)

    @OptionGroup var capture: CaptureArguments

    @OptionGroup var link: LinkParameterOptions
    @OptionGroup var reports: ReportOptions

    private var parameters: CheckParameters {
        var parameters = CheckParameters()
        (parameters.k, parameters.w) = (link.k, link.w)
        (parameters.t1, parameters.t2, parameters.t3) = (
            Double(link.t1), Double(link.t2), Double(link.t3)
        )
        return parameters
    }

    func run() async throws {
        try await ExitCode.orNoRun(capture.file) {
            let result = try await check()
            for file in reports.report { try file.write(junit: result.jUnit, json: result.json) }
            if let fault = result.fault { throw fault }
            if result.total > 0 { throw ExitCode.failure }
        }
    }

    /// Writes the findings as they come.
    private func check() async throws -> CheckReport {
        var feed = try CaptureFeed(path: capture.file, port: capture.port)
        var report = CheckReport(file: capture.file)
        var check = CaptureCheck(parameters)
        var (output, progress) = (OutputLines(), ProgressLine())
        do {
            while let item = try feed.next() {
                switch item {
                case .traffic(let events):
                    for event in events {
                        report.count(event)
                        let findings = check.take(event)
                        report.add(findings)
                        try await output.put(findings.map(\.line))
                    }
                case .malformed(let fault, let packet):
                    report.malformedPackets += 1
                    var text = DecodeText(showsObjects: false)
                    try await output.put(text.lines(for: fault, in: packet))
                }
                progress.update(position: feed.position, size: feed.size, packets: feed.packets)
            }
        } catch let fault as CaptureFault {
            report.fault = fault
        }
        progress.end()
        (report.packets, report.connections) = (feed.packets, feed.connections)
        try await output.put([report.summary])
        try await output.flush()
        return report
    }
}
