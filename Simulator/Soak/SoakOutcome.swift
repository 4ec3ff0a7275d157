/// How a soak run ended.
package struct SoakOutcome: Sendable {
    /// Memory of the connector, in octets.
    package struct Memory: Hashable, Sendable {
        package let start: Int
        package let peak: Int
        package let end: Int
    }

    package let seed: UInt64
    /// Entries of the stream.
    package let entries: Int
    package let balances: [MasterBalance]
    package let faults: [FaultRecord]
    package let reports: ConnectorReports
    package let memory: Memory
    /// How the connector ended when it was told to.
    package let exit: String
    package let isExitClean: Bool

    /// True if nothing was lost, sent twice, or out of order, and nothing else is odd.
    package var isEven: Bool { balances.allSatisfy(\.isEven) && reports.unexpected.isEmpty && isExitClean }

    /// The balance, for the user.
    package var summary: String {
        let head = [
            "master", "sessions", "events", "states", "lost", "duplicated", "misordered", "altered", "interrogations",
            "misreported", "unexplained", "closing",
        ]
        let rows = balances.map { master in
            let sum = master.sum
            return [
                master.name, "\(master.sessions)", "\(sum.events)", "\(sum.states)", "\(sum.lost)",
                "\(sum.duplicated)", "\(sum.misordered)", "\(sum.altered)", "\(sum.interrogations)",
                "\(sum.misreported)", "\(sum.unexplained)",
                master.closingDifferences == 0 ? "equal" : "\(master.closingDifferences) differ",
            ]
        }
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        var lines = ([head] + rows).map { row in
            zip(row, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }
        for master in balances where !master.unexplainedEnds.isEmpty {
            lines.append(
                "\(master.name) was disconnected: \(Set(master.unexplainedEnds).sorted().joined(separator: "; "))")
        }
        let kinds = Dictionary(grouping: faults, by: \.fault.kind).sorted { $0.key < $1.key }
        lines.append(
            "faults: "
                + kinds.map { kind, faults in
                    let longest = faults.map(\.recovery).max() ?? .zero
                    return "\(kind) \(faults.count) times (through again after "
                        + "\((longest / .milliseconds(100)).rounded() / 10) s at most)"
                }.joined(separator: ", "))
        lines.append("entries in the stream: \(entries)")
        lines.append(
            "connector: "
                + reports.health.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                + " since its last start; memory \(memory.start >> 20) MiB at first, \(memory.peak >> 20) MiB at most, "
                + "\(memory.end >> 20) MiB at last; ended with \(exit)")
        lines.append(
            "error stream: "
                + (reports.codes.isEmpty
                    ? "empty"
                    : reports.codes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")))
        lines.append(
            isEven
                ? "Even: nothing lost, nothing twice, nothing out of order; the closing interrogations equal the image."
                : "NOT EVEN. Repeat it with --seed \(seed).")
        return lines.joined(separator: "\n")
    }
}
