import Logging
import NIOConcurrencyHelpers

/// Takes what went wrong: to the log at once, to the error stream as soon as the store can be written.
///
/// The same report isn't repeated within `quiet` seconds; what was left out is counted in the next one. At most
/// `capacity` reports wait for the store; beyond that the newest are left out of the stream and counted.
final class ReportSink: Sendable {
    private static let quiet: Int64 = 10_000
    private static let capacity = 1000
    private static let rememberedRepeats = 4096

    private struct Repeats {
        var last: Int64
        var suppressed = 0
    }

    private struct State {
        var repeats: [String: Repeats] = [:]
        var dropped: UInt64 = 0
        var counts: [Report.Code: UInt64] = [:]
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

    /// Reports that the error stream never got, because too many were waiting. The log has them.
    var dropped: UInt64 { state.withLockedValue { $0.dropped } }

    /// How often each code was reported, repeats included.
    var counts: [Report.Code: UInt64] { state.withLockedValue { $0.counts } }

    /// - Parameters:
    ///   - source: the key, stream entry or client it is about.
    ///   - detail: what helps to find the cause; cut to 500 characters.
    func report(_ code: Report.Code, _ message: String, source: String, detail: String = "") {
        let now = now()
        let suppressed = state.withLockedValue { state -> Int? in
            state.counts[code, default: 0] += 1
            let key = "\(code.rawValue)|\(source)|\(message)|\(detail.prefix(100))"
            if let before = state.repeats[key], now - before.last < Self.quiet {
                state.repeats[key]?.suppressed += 1
                return nil
            }
            let suppressed = state.repeats[key]?.suppressed ?? 0
            if state.repeats.count >= Self.rememberedRepeats { state.repeats.removeAll() }
            state.repeats[key] = Repeats(last: now)
            return suppressed
        }
        guard let suppressed else { return }
        let repeated = suppressed > 0 ? " (and \(suppressed) times more before)" : ""
        let text = String(detail.prefix(500)) + repeated
        logger.warning(
            "\(message)", metadata: ["code": "\(code.rawValue)", "source": "\(source)", "detail": "\(text)"])
        let report = Report(milliseconds: now, code: code, message: message, source: source, detail: text)
        if case .dropped = continuation.yield(report) { state.withLockedValue { $0.dropped += 1 } }
    }
}
