import Conformance
import Presentation
import Synchronization

/// Shows how far a run has come: on a terminal one line that changes, elsewhere a line for each case.
final class RunProgress: Sendable {
    private struct State {
        var running: [String] = []
        var ended = 0
        var failed = 0
    }

    private let count: Int
    private let state = Mutex(State())
    private let isTerminal = StandardOutput.isTerminal

    init(count: Int) {
        self.count = count
    }

    func take(_ event: SuiteRunner.Event) {
        let line = state.withLock { state -> String in
            switch event {
            case .began(let one): state.running.append(one.id)
            case .ended(let result):
                state.running.removeAll { $0 == result.conformanceCase.id }
                state.ended += 1
                if result.verdict.hasFailed { state.failed += 1 }
            }
            let running = state.running.prefix(8).joined(separator: " ") + (state.running.count > 8 ? " ..." : "")
            return "[\(state.ended)/\(count)] \(state.failed) failed  \(running)"
        }
        if isTerminal {
            StandardOutput.putAtOnce("\r\u{1B}[K" + line.prefix(100))
        }
        guard case .ended(let result) = event, !isTerminal || result.verdict.hasFailed else { return }
        let one = result.conformanceCase
        let reason = result.verdict.hasPassed ? "" : ": \(result.verdict.reason)"
        let text = "\(result.verdict.word.uppercased()) \(one.id) \(one.purpose)\(reason)\n"
        StandardOutput.putAtOnce((isTerminal ? "\r\u{1B}[K" : "") + text)
    }

    func end() {
        if isTerminal { StandardOutput.putAtOnce("\r\u{1B}[K") }
    }
}
