import Foundation

/// How the workloads are run.
package struct BenchRun: Sendable {
    /// Measurements of the same, of which the median counts.
    package let rounds: Int
    /// Smaller amounts: for a look, not for figures to publish.
    package let isQuick: Bool

    package init(rounds: Int, isQuick: Bool) {
        self.rounds = rounds
        self.isQuick = isQuick
    }

    /// Tells what is going on.
    func note(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
