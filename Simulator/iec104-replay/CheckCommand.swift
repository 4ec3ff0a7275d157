import ArgumentParser
import Presentation
import ProgramOptions
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

            What the capture lacks is no finding: lost octets and packets cut by its snapshot length are told ("judged in \
            part"), are a skipped test case in JUnit, and "complete" is false in JSON; the exit code is that of what was \
            found. A file that breaks off is judged to there, and ends in exit code 2.

            EXIT CODES
              0   nothing was found
              1   something was found
              2   the capture could not be read, or not to its end, whatever was found before; it holds no APDU
              64  the command line is wrong
              130 ended by Ctrl-C: what was found by then is told and reported

            EXAMPLES
              iec104-replay check session.pcap
              iec104-replay check session.pcap --t1 5 --t2 2 --t3 10 --report junit=check.xml --report json=check.json
            """)

    @OptionGroup var capture: CaptureArguments

    @OptionGroup var link: TransferOptions
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
            let result = try await untilInterrupted { try await check() }
            for file in reports.report { try file.write(junit: result.jUnit, json: result.json) }
            if let fault = result.fault { throw fault }
            if result.total > 0 { throw ExitCode.failure }
            if result.apdus == 0 { throw ExitCode.unreadable }
        }
    }

    /// The findings; a capture that can't be read at all is one thing to report, too.
    private func check() async throws -> CheckReport {
        do {
            return try await judge()
        } catch let fault as CaptureFault {
            var report = CheckReport(file: capture.file)
            report.note(fault)
            return report
        }
    }

    /// Writes the findings as they come.
    private func judge() async throws -> CheckReport {
        var feed = try CaptureFeed(path: capture.file, port: capture.port)
        var report = CheckReport(file: capture.file)
        var check = CaptureCheck(parameters)
        var (output, progress) = (OutputLines(isLive: feed.isLive), ProgressLine())
        while let item = feed.next() {
            let findings: [Finding]
            switch item {
            case .traffic(let events):
                findings = events.flatMap { event in
                    report.count(event)
                    return check.take(event)
                }
            case .malformed(let fault, let packet):
                findings = check.take(fault, in: packet)
            }
            report.add(findings)
            try await output.put(findings.map(\.line))
            progress.update(position: feed.position, size: feed.size, packets: feed.packets)
        }
        progress.end()
        report.note(feed)
        if report.apdus == 0 {
            StandardOutput.note("iec104-replay: \(capture.file): no IEC 104 traffic\(capture.portHint)")
        }
        try await output.put(report.summary)
        try await output.flush()
        return report
    }
}
