import ConnectorCore
import Foundation
import NIOCore

/// The findings of a run, for people and for programs.
package struct Report: Sendable {
    package let findings: [Finding]
    package let machine: Machine
    package let rounds: Int

    package init(findings: [Finding], machine: Machine, rounds: Int) {
        self.findings = findings
        self.machine = machine
        self.rounds = rounds
    }

    /// A table in Markdown.
    package var table: String {
        var lines = [
            "\(machine); medians of \(rounds)", "", "| | floor | connector | ratio | target |", "|---|---|---|---|---|",
        ]
        for finding in findings {
            let cells = [
                "\(finding.workload): \(finding.name), \(finding.unit)", finding.floor.map(Self.text) ?? "",
                Self.text(finding.connector), finding.ratio.map { Self.text($0) } ?? "", Self.target(of: finding),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    private static func target(of finding: Finding) -> String {
        guard let target = finding.target, let holds = finding.holds else { return "" }
        let text =
            switch target {
            case .atMost(let limit): "≤ \(text(limit))"
            case .atLeast(let limit): "≥ \(text(limit))"
            }
        return text + (holds ? "" : " **missed**")
    }

    /// Three figures that count.
    private static func text(_ number: Double) -> String {
        guard number.isFinite else { return "-" }
        let digits = max(0, 2 - Int(log10(max(abs(number), 0.01)).rounded(.down)))
        return String(format: "%.\(digits)f", number)
    }

    /// One object: machine, rounds, and a list of findings.
    package var json: String {
        var text = JSONText()
        text.object { text in
            text.field("machine", "\(machine)")
            text.field("rounds", rounds)
            text.array("findings", findings) { text, finding in
                text.field("workload", finding.workload)
                text.field("name", finding.name)
                text.field("unit", finding.unit)
                if let floor = finding.floor { text.field("floor", floor) }
                text.field("connector", finding.connector)
                if let ratio = finding.ratio { text.field("ratio", ratio) }
                if let holds = finding.holds { text.field("holds", holds) }
            }
        }
        return String(buffer: text.octets)
    }
}
