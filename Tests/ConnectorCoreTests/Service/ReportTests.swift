import Logging
import NIOConcurrencyHelpers
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("What could not be used, and why")
struct ReportTests {
    private let now = NIOLockedValueBox(moment)
    private let sink: ReportSink

    init() {
        let now = now
        sink = ReportSink(logger: Logger(label: "reports") { _ in SwiftLogNoOpLogHandler() }) {
            now.withLockedValue { $0 }
        }
    }

    /// Reports something that comes slowly enough to be told.
    private func reportInTime(_ source: String) {
        now.withLockedValue { $0 += 200 }
        sink.report(.invalidPoint, "m", source: source)
    }

    /// Takes so many reports from the stream.
    private func take(_ count: Int) async -> [Report] {
        var taken: [Report] = []
        for await report in sink.reports {
            taken.append(report)
            if taken.count == count { break }
        }
        return taken
    }

    @Test("an entry of the error stream has the fields of the specification, in their order")
    func json() {
        let report = Report(
            milliseconds: moment, code: .invalidPoint, message: "value: \"x\"", source: "process:image:casdu:1:ioa:2",
            detail: "line\n")
        #expect(
            String(buffer: report.json)
                == #"{"timestamp":"2026-01-15T10:30:00.123Z","code":"invalid-point","message":"value: \"x\"","#
                + #""source":"process:image:casdu:1:ioa:2","detail":"line\n"}"#)
    }

    @Test("codes are kebab-case words, and those of the specification are among them")
    func codes() {
        let codes = Report.Code.allCases.map(\.rawValue)
        #expect(codes.allSatisfy { $0.allSatisfy { $0 == "-" || ("a"..."z").contains($0) } && $0.contains("-") })
        #expect(Set(codes).isSuperset(of: ["invalid-config", "invalid-point", "client-overrun"]))
        #expect(Set(codes).count == codes.count)
    }

    @Test("the same report isn't repeated at once, others are; each counts")
    func repeats() async {
        for _ in 0..<5 { sink.report(.invalidPoint, "m", source: "s", detail: "d") }
        sink.report(.invalidPoint, "m", source: "other", detail: "d")
        sink.report(.invalidPoint, "other", source: "s", detail: "d")
        sink.report(.invalidPoint, "m", source: "s", detail: "other")
        sink.report(.invalidMapping, "m", source: "s", detail: "d")
        let reports = await take(5)
        #expect(
            reports.map { "\($0.code.rawValue) \($0.message) \($0.source) \($0.detail)" } == [
                "invalid-point m s d", "invalid-point m other d", "invalid-point other s d", "invalid-point m s other",
                "invalid-mapping m s d",
            ])
        #expect(sink.counts == ReportCounts(byCode: [.invalidPoint: 8, .invalidMapping: 1], suppressed: 4))
    }

    @Test("after 10 s the same report comes again, and tells how many were left out")
    func suppressed() async {
        sink.report(.invalidPoint, "m", source: "s", detail: "d")
        for _ in 0..<3 {
            now.withLockedValue { $0 += 3333 }
            sink.report(.invalidPoint, "m", source: "s", detail: "d")
        }
        now.withLockedValue { $0 += 1 }
        sink.report(.invalidPoint, "m", source: "s", detail: "d")
        now.withLockedValue { $0 += 9999 }
        sink.report(.invalidPoint, "m", source: "s", detail: "d")
        now.withLockedValue { $0 += 10_000 }
        sink.report(.invalidPoint, "m", source: "s", detail: "d")
        #expect(
            await take(3).map(\.detail) == [
                "d", "d (and 3 times more before)", "d (and 1 times more before)",
            ])
    }

    @Test("remembers a bounded number of reports, and forgets rather than grow")
    func memory() async {
        for round in 0..<2 {
            for number in 0..<5000 { reportInTime("\(round) \(number)") }
        }
        #expect(sink.counts.byCode == [.invalidPoint: 10_000])
        #expect(sink.counts.dropped == 9000)
        #expect(sink.counts.suppressed == 0)
    }

    @Test("of a flood of different reports 50 are told, then how many were left out, once the flood is over or goes on")
    func flood() async {
        for number in 0..<1000 { sink.report(.invalidPoint, "m", source: "\(number)") }
        sink.report(.connectionRefused, "another code", source: "c")
        sink.summarize()
        now.withLockedValue { $0 += 10_000 }
        for number in 1000..<1100 { sink.report(.invalidPoint, "m", source: "\(number)") }
        now.withLockedValue { $0 += 10_000 }
        sink.summarize()
        sink.summarize()
        sink.report(.bindFailed, "last", source: "l")
        let reports = await take(104)
        #expect(reports[..<50].map(\.source) == (0..<50).map(String.init))
        #expect(reports[50].code == .connectionRefused)
        #expect(reports[51].message == "950 further reports of this kind were left out")
        #expect(reports[51].source == "999")
        #expect(reports[52..<102].map(\.source) == (1000..<1050).map(String.init))
        #expect(reports[102].message == "50 further reports of this kind were left out")
        #expect(reports[103].message == "last")
        #expect(
            sink.counts
                == ReportCounts(
                    byCode: [.invalidPoint: 1100, .connectionRefused: 1, .bindFailed: 1], suppressed: 1000))
    }

    @Test("all faults of a document are told, as many as may wait for the store")
    func faults() async {
        for number in 0..<1001 { sink.report(.invalidMapping, "m", source: "s", detail: "\(number)") }
        let reports = await take(1000)
        #expect(reports.map(\.detail) == (0..<1000).map(String.init))
        #expect(sink.counts.suppressed == 1)
    }

    @Test("the offending text is cut")
    func cut() async {
        sink.report(.invalidPoint, "m", source: "s", detail: String(repeating: "x", count: 100_000))
        #expect(await take(1).map(\.detail.count) == [500])
    }

    @Test("the moment is that of the report")
    func timestamp() async {
        now.withLockedValue { $0 += 5 }
        sink.report(.bindFailed, "m", source: "s")
        let reports = await take(1)
        #expect(reports.map(\.milliseconds) == [moment + 5])
        #expect(reports.map(\.detail) == [""])
    }

    @Test("at most 1000 wait for the store; what comes then is counted, and the oldest are kept")
    func bound() async {
        for number in 0..<1200 { reportInTime("\(number)") }
        #expect(sink.counts.dropped == 200)
        #expect(sink.counts.byCode == [.invalidPoint: 1200])
        let reports = await take(1000)
        #expect(reports.first?.source == "0" && reports.last?.source == "999")
        reportInTime("later")
        #expect(await take(1).first?.source == "later")
    }
}
