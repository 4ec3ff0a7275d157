import Foundation
import Histogram

/// The outcome of a load for people: counts, rates and times, and then what went wrong.
package enum LoadTable {
    /// Connections with faults that are shown.
    private static let shownConnections = 20

    /// Several lines.
    package static func text(_ outcome: LoadOutcome) -> String {
        var rows = [
            ["", "count", "per second", "p50", "p90", "p99", "p99.9", "max, ms"],
            row("connected, started", outcome.starts, seconds: outcome.startSeconds),
        ]
        if outcome.interrogations.totalCount > 0 {
            rows.append(row("interrogations", outcome.interrogations, seconds: outcome.interrogationSeconds))
            rows.append(row("  their points", outcome.interrogatedPoints, seconds: outcome.interrogationSeconds))
        }
        rows.append(row("objects received", outcome.objects, seconds: outcome.seconds))
        if outcome.written > 0 {
            rows.append(row("events written", outcome.written, seconds: outcome.writeSeconds))
            rows.append(row("events received", outcome.latencies, seconds: outcome.seconds))
        }
        return (aligned(rows) + ["", summary(outcome)] + faults(outcome) + hints(outcome)).joined(separator: "\n")
    }

    private static func row(_ name: String, _ count: Int, seconds: Double) -> [String] {
        [name, "\(count)", String(format: "%.1f", Double(count) / max(seconds, 1e-9))]
    }

    private static func row<Count>(_ name: String, _ histogram: Histogram<Count>, seconds: Double) -> [String] {
        row(name, Int(clamping: histogram.totalCount), seconds: seconds)
            + histogram.marks.map { String(format: "%.3f", $0.milliseconds) }
    }

    private static func aligned(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.compactMap { $0.dropFirst(column).first?.count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }
    }

    private static func summary(_ outcome: LoadOutcome) -> String {
        let events =
            outcome.written > 0
            ? "; lost \(outcome.lost), duplicated \(outcome.duplicates), out of order \(outcome.misordered)" : ""
        return (outcome.isInterrupted ? "interrupted; so far " : "") + (outcome.isEven ? "even: " : "FAILED: ")
            + "\(outcome.standing) of \(outcome.connections.count) connections stood" + events
    }

    private static func faults(_ outcome: LoadOutcome) -> [String] {
        let faulty = outcome.connections.filter { !$0.isEven }
        let lines = faulty.prefix(shownConnections).map { connection in
            "  connection \(connection.number): lost \(connection.lost), "
                + "duplicated \(connection.deliveries.duplicates), out of order \(connection.deliveries.misordered)"
                + (connection.closeReason.map { "; \($0)" } ?? "")
        }
        return lines + (faulty.count > shownConnections ? ["  and \(faulty.count - shownConnections) more"] : [])
    }

    private static func hints(_ outcome: LoadOutcome) -> [String] {
        var lines: [String] = []
        if outcome.foreign > 0 {
            lines.append("\(outcome.foreign) reports of these points are none of the events: somebody else writes them")
        }
        guard outcome.written > 0 else { return lines }
        if outcome.received == 0 {
            lines.append(
                "no event came at all: does the connector read this store and stream, and has its mapping the points "
                    + "of --ca, --ioa and --points with type 33?")
        }
        let delay = String(format: "%.3f", Double(outcome.writeDelay) / 1000)
        lines.append("events were written \(delay) ms after their time at most; that is part of their latency")
        return lines
    }
}
