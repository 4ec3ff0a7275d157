import ArgumentParser
import Conformance
import ConformanceBench
import NIOCore
import Presentation
import StationMonitor

/// `iec104-sim test`.
struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the conformance suite against a station.",
        discussion: """
            Runs the cases of the conformance catalogue, those that don't disturb one another side by side, and tells \
            of each whether the station passed, failed, or could not be judged, and why.

            A profile (YAML) tells what the station declares: its points, timers, functions, and its answers where the \
            standard leaves a choice. Without one, only what every station must do is judged. --profile takes a file \
            or the name of a bundled one: connector, minimal; --print-profile shows a bundled one to begin with.

            Cases that change points need the store behind the station: --redis and --id. --self does all of it with \
            the bundled connector on a throwaway Redis, with fast timers. Through the store the suite also plays the \
            process behind commands that the profile declares with confirmation: process. It operates and changes only \
            what the profile declares: commands to other addresses go only to those that it names as free, and to all \
            common addresses at once only where it says robustness: true, as cases of class R (storms, garbage, \
            malformed frames). Where clockSynchronization is declared, the clock is set, wrongly too, and set to the \
            present behind that.

            EXAMPLES
              iec104-sim test --self
              iec104-sim test 192.0.2.10 --profile station.yaml --report html=report.html
              iec104-sim test localhost --only 'LNK-*,GI-16' --pcap captures
              iec104-sim test --list

            EXIT CODES
              0   something passed, and nothing failed
              1   a case failed
              2   the target could not be reached, or the run could not be made, or nothing could be judged
              130 ended by Ctrl-C (SIGINT, SIGTERM): the cases that have ended are told and reported
              64  the command line is wrong
            """)

    @Argument(help: "The station: a name or address, with a port unless that is 2404.")
    var target: HostAndPort?

    @Flag(name: .customLong("self"), help: "Test the bundled connector on a throwaway Redis, with fast timers.")
    var testsConnector = false

    @Flag(help: "List all cases: id, class, purpose.")
    var list = false

    @Option(help: ArgumentHelp("What the station declares: a file, connector or minimal.", valueName: "file"))
    var profile: String?

    @Option(help: ArgumentHelp("Print a bundled profile: connector or minimal.", valueName: "name"))
    var printProfile: StationProfile.Bundled?

    @OptionGroup(title: "STORE")
    var store: StoreOptions

    @Option(help: ArgumentHelp("Only these cases: ids with * and ?, separated by commas.", valueName: "ids"))
    var only: String?

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp("Write a report: junit=F, html=F or json=F; may be repeated.", valueName: "kind=file"))
    var reports: [ReportTarget] = []

    @Option(help: ArgumentHelp("Write the traffic of each case to a capture in this folder.", valueName: "folder"))
    var pcap: String?

    func validate() throws {
        if list || printProfile != nil { return }
        guard testsConnector != (target != nil) else { throw ValidationError("name a station, or give --self") }
        guard !testsConnector || (store.redis == nil && profile == nil) else {
            throw ValidationError("--self excludes --profile, --redis and --id")
        }
        guard (store.redis == nil) == (store.id == nil) else {
            throw ValidationError("--redis and --id belong together: the store, and the connector that reads it")
        }
        if let only, CasePattern(only) == nil { throw ValidationError("--only names no case") }
        if selected.isEmpty { throw ValidationError("no case matches --only \(only ?? "")") }
    }

    /// The cases to run, in the order of the catalogue.
    private var selected: [ConformanceCase] {
        guard let pattern = only.flatMap({ CasePattern($0) }) else { return Catalogue.cases }
        return Catalogue.cases.filter { pattern.matches($0.id) }
    }

    func run() async throws {
        StandardOutput.ignoreBrokenPipes()
        try await ExitCode.orNoRunWhileRead {
            if let printProfile { return try await StandardOutput.put(printProfile.text) }
            if list { return try await StandardOutput.put(CaseList.text(selected)) }
            let report = testsConnector ? try await judgeConnector() : try await judgeStation()
            if report.isInterrupted { throw ExitCode.interrupted }
            if report.counts.failed > 0 { throw ExitCode.failure }
            if report.counts.passed == 0 {
                StandardOutput.note("iec104-sim: nothing could be judged: every case was skipped or inconclusive")
                throw ExitCode.noRun
            }
        }
    }

    private func judgeConnector() async throws -> RunReport {
        let bench = try SelfBench()
        return try await bench.withTarget { try await judge($0) }
    }

    private func judgeStation() async throws -> RunReport {
        guard let target else { throw ValidationError("name a station") }
        var test = TestTarget(host: target.host, port: target.port, profile: try ProfileFile.read(profile))
        if target.host.hasPrefix("127.") {
            let addresses = SourceAddresses()
            test.localAddress = { addresses.next() }
        }
        guard let configuration = store.configuration, let id = store.id else { return try await judge(test) }
        let feed = try await StoreFeed.connect(configuration, id: id)
        test.feed = feed
        let complete = test
        do {
            let report = try await BenchProcess.played(for: test.profile, of: id, configuration, feed: feed) {
                process in
                var target = complete
                target.process = process
                return try await judge(target)
            }
            await feed.close()
            return report
        } catch {
            await feed.close()
            throw error
        }
    }

    private func judge(_ target: TestTarget) async throws -> RunReport {
        for target in reports { try target.prepare() }
        if let pcap { try CaptureFolder(pcap).prepare() }
        let target = try await Sounding.sound(target)
        let progress = RunProgress(count: selected.count)
        let cases = selected
        let report = await RunReport.make(target) {
            await withTaskGroup(of: [CaseResult]?.self) { group in
                group.addTask { await SuiteRunner(target).run(cases) { progress.take($0) } }
                group.addTask {
                    await Interruption.wait()
                    return nil
                }
                defer { group.cancelAll() }
                for await results in group {
                    if let results { return results }
                    group.cancelAll()
                }
                return []
            }
        }
        progress.end()
        try await StandardOutput.put(RunSummary.text(report))
        for target in reports { try target.write(report) }
        if let pcap { try CaptureFolder(pcap).write(report) }
        return report
    }
}

extension StationProfile.Bundled: ExpressibleByArgument {}
