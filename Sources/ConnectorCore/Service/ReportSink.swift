import Logging
import NIOConcurrencyHelpers

/// Takes what went wrong: to the log at once, to the error stream as soon as the store can be written.
///
/// Three bounds keep a flood from hiding what matters:
/// - The same report isn't repeated within `period`; the next one tells how often it was left out.
/// - Of one code no more than `Report.Code.limit` different reports come within `period`. When it is over, one more
///   tells how many were left out.
/// - At most `capacity` reports wait for the store; beyond that the newest are left out of the stream and counted.
final class ReportSink: Sendable {
    /// Milliseconds.
    fileprivate static let period: Int64 = 10_000
    private static let capacity = 1000
    private static let rememberedRepeats = 4096

    fileprivate struct Repeats {
        var last: Int64
        var suppressed = 0
    }

    /// What has come of one code since `start`.
    fileprivate struct Period {
        var start: Int64
        var issued = 0
        var leftOut = 0
        var lastSource = ""

        func isOver(_ now: Int64) -> Bool { now - start >= ReportSink.period }
    }

    fileprivate struct State {
        var repeats: [String: Repeats] = [:]
        var periods: [Report.Code: Period] = [:]
        var counts = ReportCounts()
    }

    private let logger: Logger
    private let now: @Sendable () -> Int64
    private let state = NIOLockedValueBox(State())
    private let continuation: AsyncStream<Report>.Continuation
    /// What waits for the error stream.
    let reports: AsyncStream<Report>

    /// - Parameter now: milliseconds since 1970 UTC.
    init(logger: Logger, now: @escaping @Sendable () -> Int64 = StationClock.now) {
        self.logger = logger
        self.now = now
        (reports, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    /// How often each code was reported, and what the bounds have left out.
    var counts: ReportCounts { state.withLockedValue { $0.counts } }

    /// - Parameters:
    ///   - source: the key, stream entry or client it is about.
    ///   - detail: what helps to find the cause; cut to 500 characters.
    func report(_ code: Report.Code, _ message: String, source: String, detail: String = "") {
        let now = now()
        let issued = state.withLockedValue { state -> [Report] in
            state.counts.byCode[code, default: 0] += 1
            let key = "\(code.rawValue)|\(source)|\(message)|\(detail.prefix(100))"
            if let before = state.repeats[key], now - before.last < Self.period {
                state.repeats[key]?.suppressed += 1
                state.counts.suppressed += 1
                return []
            }
            let summary = state.summary(of: code, now)
            guard state.isRoom(for: code, source, now) else { return summary }
            let suppressed = state.repeats[key]?.suppressed ?? 0
            if state.repeats.count >= Self.rememberedRepeats { state.repeats.removeAll() }
            state.repeats[key] = Repeats(last: now)
            let repeated = suppressed > 0 ? " (and \(suppressed) times more before)" : ""
            let report = Report(
                milliseconds: now, code: code, message: message, source: source,
                detail: String(detail.prefix(500)) + repeated)
            return summary + [report]
        }
        for report in issued { issue(report) }
    }

    /// A report could not be written to the error stream.
    func noteDropped() {
        state.withLockedValue { $0.counts.dropped += 1 }
    }

    /// Tells what was left out in periods that are over. To be called now and then: a flood may just end.
    func summarize() {
        let now = now()
        let issued = state.withLockedValue { state in
            Report.Code.allCases.flatMap { state.summary(of: $0, now) }
        }
        for report in issued { issue(report) }
    }

    private func issue(_ report: Report) {
        logger.warning(
            "\(report.message)",
            metadata: [
                "code": "\(report.code.rawValue)", "source": "\(report.source)", "detail": "\(report.detail)",
            ])
        if case .dropped = continuation.yield(report) { state.withLockedValue { $0.counts.dropped += 1 } }
    }
}

extension ReportSink.State {
    /// Ends the period of `code` if it is over: one report if something was left out in it, else none.
    fileprivate mutating func summary(of code: Report.Code, _ now: Int64) -> [Report] {
        guard let period = periods[code], period.isOver(now) else { return [] }
        periods[code] = nil
        guard period.leftOut > 0 else { return [] }
        return [
            Report(
                milliseconds: now, code: code, message: "\(period.leftOut) further reports of this kind were left out",
                source: period.lastSource, detail: "no more than \(code.limit) within 10 s are told one by one")
        ]
    }

    fileprivate mutating func isRoom(for code: Report.Code, _ source: String, _ now: Int64) -> Bool {
        var period = periods[code] ?? ReportSink.Period(start: now)
        defer { periods[code] = period }
        guard period.issued == code.limit else {
            period.issued += 1
            return true
        }
        period.leftOut += 1
        period.lastSource = source
        counts.suppressed += 1
        return false
    }
}
