import Synchronization

/// The last lines that a process has written.
final class OutputLines: Sendable {
    private struct State {
        var lines: [OutputLine] = []
        var rest: [OutputLine.Source: [UInt8]] = [:]
    }

    /// Lines kept; older ones are forgotten in blocks.
    static let maximumLines = 10_000
    /// Octets of one line at most; a longer one is cut in pieces.
    static let maximumLineLength = 65_536

    private let state = Mutex(State())
    private let onLine: (@Sendable (OutputLine) -> Void)?

    /// - Parameter onLine: sees each line when it is complete, on a thread of the bench.
    init(onLine: (@Sendable (OutputLine) -> Void)?) {
        self.onLine = onLine
    }

    var lines: [OutputLine] { state.withLock { $0.lines } }

    /// Takes octets; the end of the output completes the last line.
    func append(_ octets: some Sequence<UInt8>, from source: OutputLine.Source, isEnd: Bool = false) {
        let complete = state.withLock { state in
            var rest = state.rest[source] ?? []
            var complete: [OutputLine] = []
            func finish() {
                complete.append(OutputLine(source: source, text: String(decoding: rest, as: UTF8.self)))
                rest.removeAll(keepingCapacity: true)
            }
            for octet in octets {
                if octet == UInt8(ascii: "\n") {
                    finish()
                } else {
                    rest.append(octet)
                    if rest.count == Self.maximumLineLength { finish() }
                }
            }
            if isEnd, !rest.isEmpty { finish() }
            state.rest[source] = rest
            state.lines += complete
            if state.lines.count > Self.maximumLines {
                state.lines.removeFirst(state.lines.count - Self.maximumLines / 2)
            }
            return complete
        }
        if let onLine { complete.forEach(onLine) }
    }
}

/// A line that a process has written.
package struct OutputLine: Hashable, Sendable {
    /// Where it was written to.
    package enum Source: Hashable, Sendable {
        case standardOutput, standardError
    }

    package let source: Source
    /// Without the line end.
    package let text: String
}
