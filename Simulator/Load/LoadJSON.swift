import Histogram
import Presentation

/// The outcome of a load for programs.
///
/// | key | value |
/// |---|---|
/// | `even` | true if all connections stood, and each event came once and in order at each of them |
/// | `interrupted` | true if it was ended before its time: all figures are of what was done so far |
/// | `connections`, `standing` | how many there were, and how many stood until the end |
/// | `start`, `interrogation`, `latency` | `count`, `perSecond`, `p50Ms`, `p90Ms`, `p99Ms`, `p99.9Ms`, `maxMs` |
/// | `interrogation.points` | points in all answers together |
/// | `seconds`, `objects` | how long was received, and how many information objects |
/// | `written`, `writeSeconds`, `writeDelayMs` | events, how long they were written, how late at most |
/// | `received`, `lost`, `duplicates`, `misordered`, `foreign` | sums over all connections |
/// | `perConnection` | the same counts for each, with `number` and `ended`: null, or the reason |
///
/// What there was none of is left out.
package enum LoadJSON {
    /// One JSON object, on one line.
    package static func text(_ outcome: LoadOutcome) -> String {
        var object = JSONObject()
        object.add("even", .bool(outcome.isEven))
        object.add("interrupted", .bool(outcome.isInterrupted))
        object.add([("connections", outcome.connections.count), ("standing", outcome.standing)])
        object.add("start", figures(outcome.starts, seconds: outcome.startSeconds))
        if outcome.interrogations.totalCount > 0 {
            var interrogation = figures(outcome.interrogations, seconds: outcome.interrogationSeconds)
            interrogation.add([("points", outcome.interrogatedPoints)])
            object.add("interrogation", interrogation)
        }
        object.add("seconds", .number(outcome.seconds))
        object.add([("objects", outcome.objects)])
        if outcome.written > 0 { addEvents(outcome, to: &object) }
        object.add("perConnection", outcome.connections.map { self.object($0) })
        return object.line
    }

    private static func addEvents(_ outcome: LoadOutcome, to object: inout JSONObject) {
        object.add([("written", outcome.written)])
        object.add("writeSeconds", .number(outcome.writeSeconds))
        object.add("writeDelayMs", .number(Double(outcome.writeDelay) / 1000))
        object.add([
            ("received", outcome.received), ("lost", outcome.lost), ("duplicates", outcome.duplicates),
            ("misordered", outcome.misordered), ("foreign", outcome.foreign),
        ])
        object.add("latency", figures(outcome.latencies, seconds: outcome.seconds))
    }

    private static func figures<Count>(_ histogram: Histogram<Count>, seconds: Double) -> JSONObject {
        var object = JSONObject()
        object.add("count", .integer(Int64(clamping: histogram.totalCount)))
        object.add("perSecond", .number(Double(histogram.totalCount) / max(seconds, 1e-9)))
        for mark in histogram.marks { object.add("\(mark.name)Ms", .number(mark.milliseconds)) }
        return object
    }

    private static func object(_ connection: ConnectionOutcome) -> JSONObject {
        var object = JSONObject()
        object.add([
            ("number", connection.number), ("received", connection.deliveries.received), ("lost", connection.lost),
            ("duplicates", connection.deliveries.duplicates), ("misordered", connection.deliveries.misordered),
            ("foreign", connection.foreign), ("objects", connection.objects),
        ])
        object.add("ended", connection.closeReason.map { .text("\($0)") } ?? .null)
        return object
    }
}

extension JSONObject {
    fileprivate mutating func add(_ counts: [(name: String, count: Int)]) {
        for (name, count) in counts { add(name, .integer(Int64(count))) }
    }
}
