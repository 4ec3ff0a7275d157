import IEC104Model
import Presentation

/// Lays a table of points out for a window.
package struct TableLayout: Sendable {
    /// Columns and lines of a window.
    package struct Size: Hashable, Sendable {
        package var columns: Int
        package var lines: Int

        package init(columns: Int, lines: Int) {
            self.columns = columns
            self.lines = lines
        }
    }

    /// One line of text.
    package struct Line: Hashable, Sendable {
        package var text: String
        /// How it stands out.
        package var emphasis = Emphasis.none

        package enum Emphasis: Hashable, Sendable {
            case none
            /// The titles of the columns.
            case title
            /// The point was reported a moment ago.
            case fresh
            /// The point is invalid or not topical.
            case doubtful
        }
    }

    /// How long a report counts as fresh, in milliseconds.
    private static let freshTime: Int64 = 1000
    private static let titles = ["ADDRESS", "NAME", "TYPE", "VALUE", "QUALITY", "TIME TAG", "AGE", "COUNT", "CAUSE"]
    /// Columns that are aligned to the right.
    private static let rightAligned: Set<Int> = [3, 6, 7]
    private static let nameColumn = 1

    /// The points' names, where they are known.
    package var names: [PointAddress: String]

    /// - Parameter names: without any, there is no column for them.
    package init(names: [PointAddress: String] = [:]) {
        self.names = names
    }

    /// The header, the titles, as many rows as fit and, if those aren't all, a line that says how many more there are.
    /// Never more lines than the window has, never a longer one than it is wide.
    ///
    /// - Parameter now: milliseconds since 1970.
    package func lines(header: [String], table: PointTable, size: Size, now: Int64) -> [Line] {
        var lines = header.map { Line(text: $0) } + [Line(text: "")]
        let room = max(size.lines - lines.count - 1, 0)
        if table.count > 0 {
            let isCut = table.count > room
            let rows = table.rows(first: isCut ? room - 1 : room)
            lines += laidOut(rows, now)
            if isCut { lines.append(Line(text: "… \(table.count - rows.count) more")) }
        }
        return lines.prefix(max(size.lines, 0)).map { line in
            Line(text: Self.cut(line.text, to: size.columns), emphasis: line.emphasis)
        }
    }

    private func laidOut(_ rows: [PointTable.Row], _ now: Int64) -> [Line] {
        let cells = [Self.titles] + rows.map { self.cells(of: $0, now) }
        let columns = Self.titles.indices.filter { $0 != Self.nameColumn || !names.isEmpty }
        let widths = columns.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.enumerated().map { index, row in
            var text = ""
            for (column, width) in zip(columns, widths) {
                let padding = String(repeating: " ", count: width - row[column].count)
                text += (text.isEmpty ? "" : "  ")
                text += Self.rightAligned.contains(column) ? padding + row[column] : row[column] + padding
            }
            while text.last == " " { text.removeLast() }
            return Line(text: text, emphasis: index == 0 ? .title : emphasis(of: rows[index - 1], now))
        }
    }

    private func cells(of row: PointTable.Row, _ now: Int64) -> [String] {
        [
            row.address.description, names[row.address] ?? "",
            row.type.mnemonic ?? "\(row.type.rawValue)", row.reading.text,
            row.reading.quality.map { $0.abbreviations.isEmpty ? "good" : $0.abbreviations.joined(separator: " ") }
                ?? "",
            row.reading.time.map { Self.shortened($0, today: Instant.iso8601(millisecondsSince1970: now)) } ?? "",
            Self.age(now - row.lastReport), "\(row.reports)", row.cause.description + (row.isTest ? " (test)" : ""),
        ]
    }

    private func emphasis(of row: PointTable.Row, _ now: Int64) -> Line.Emphasis {
        if let quality = row.reading.quality, !quality.isDisjoint(with: [.invalid, .notTopical]) { return .doubtful }
        return now - row.lastReport < Self.freshTime ? .fresh : .none
    }

    /// Leaves the date out if it is today's.
    private static func shortened(_ time: TimeTag, today: String) -> String {
        let date = today.prefix { $0 != "T" }
        return time.text.hasPrefix(date) ? String(time.text.dropFirst(date.count + 1)) : time.text
    }

    /// `0.4s`, `12s`, `3m05s`, `2h07m`, `4d03h`.
    static func age(_ milliseconds: Int64) -> String {
        let milliseconds = max(milliseconds, 0)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = milliseconds / 1000
        switch seconds {
        case ..<10: return "\(seconds).\(milliseconds % 1000 / 100)s"
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m\(two(seconds % 60))s"
        case ..<86_400: return "\(seconds / 3600)h\(two(seconds / 60 % 60))m"
        default: return "\(seconds / 86_400)d\(two(seconds / 3600 % 24))h"
        }
    }

    private static func cut(_ text: String, to width: Int) -> String {
        guard text.count > width else { return text }
        return width > 0 ? text.prefix(width - 1) + "…" : ""
    }
}
