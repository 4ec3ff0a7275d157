import Dispatch

/// Where lines come from.
package protocol LineInput: Sendable {
    /// The next line, without its end; nil when there is none any more.
    func next() async -> String?
}

/// The lines of standard input, read when they are asked for.
package struct StandardInput: LineInput {
    private let queue = DispatchQueue(label: "standard input")

    package init() {}

    package func next() async -> String? {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: readLine()) }
        }
    }
}
