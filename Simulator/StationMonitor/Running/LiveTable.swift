import ControllingStation
import IEC104Model
import Presentation

/// A table of points on the terminal, kept up to date and redrawn in place.
package actor LiveTable {
    /// The shortest time between two drawings.
    private static let interval = Duration.milliseconds(200)
    /// Drawings that are left out while nothing comes; ages are kept up to date by the others.
    private static let idleDrawings = 5

    private let terminal: Terminal
    private let layout: TableLayout
    private var table = PointTable()
    private var status: [String] = []
    private var meter = RateMeter()
    private var isDirty = true

    /// - Parameter names: the points' names, where they are known.
    package init(names: [PointAddress: String] = [:]) {
        terminal = Terminal()
        layout = TableLayout(names: names)
    }

    /// Takes what was received.
    package func take(_ received: ReceivedASDU) {
        table.take(received)
        isDirty = true
    }

    /// Sets the lines above the counts.
    package func setStatus(_ lines: [String]) {
        status = lines
        isDirty = true
    }

    /// What the table holds.
    package var contents: PointTable { table }

    /// Takes the terminal over and draws until the task is cancelled; gives the terminal back in every case.
    ///
    /// - Throws: `StandardOutput.Closed`.
    package func draw() async throws {
        try await StandardOutput.put(terminal.entering)
        defer { StandardOutput.putAtOnce(terminal.leaving) }
        var skipped = 0
        while !Task.isCancelled {
            if isDirty || skipped >= Self.idleDrawings {
                skipped = 0
                isDirty = false
                try await StandardOutput.put(terminal.frame(lines()))
            } else {
                skipped += 1
            }
            try await Task.sleep(for: Self.interval)
        }
    }

    private func lines() -> [TableLayout.Line] {
        let now = WallClock.milliseconds()
        let rate = meter.rate(count: table.reports, at: now)
        let counts =
            "\(table.count) points   \(table.reports) reports in \(table.asdus) ASDUs   \(rate)/s"
            + (table.malformed == 0 ? "" : "   \(table.malformed) malformed ASDUs")
            + (table.beyond == 0 ? "" : "   \(table.beyond) reports of points beyond \(PointTable.maximumPoints)")
        return layout.lines(header: status + [counts], table: table, size: terminal.size, now: now)
    }
}
