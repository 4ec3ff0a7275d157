import ArgumentParser
import Benchmarking
import Foundation

/// Measures the connector against the floor.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the connector side by side with the least a server can do.",
        discussion: Workload.allCases.map { "\($0.rawValue): \($0.purpose)" }.joined(separator: "\n"))

    @Option(help: "Workloads to run, by their letters.")
    var workloads = Workload.allCases.map(\.rawValue).joined()

    @Option(help: "Measurements of each figure, of which the median counts (5, or 1 with --quick).")
    var rounds: Int?

    @Flag(help: "Smaller amounts: for a look only.")
    var quick = false

    @Option(help: "File that the findings are written to as JSON.")
    var json: String?

    mutating func validate() throws {
        guard rounds ?? 1 > 0 else { throw ValidationError("at least one round is needed") }
        if let unknown = workloads.first(where: { Workload(rawValue: String($0)) == nil }) {
            throw ValidationError("there is no workload \"\(unknown)\"")
        }
    }

    func run() async throws {
        let run = BenchRun(rounds: rounds ?? (quick ? 1 : 5), isQuick: quick)
        var findings: [Finding] = []
        for workload in workloads.compactMap({ Workload(rawValue: String($0)) }) {
            findings += try await workload.run(run)
        }
        let report = Report(findings: findings, machine: Machine(), rounds: run.rounds)
        print(report.table)
        if let json { try Data(report.json.utf8).write(to: URL(fileURLWithPath: json)) }
    }
}
