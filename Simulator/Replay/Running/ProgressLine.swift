#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Presentation

/// Tells on standard error how far a capture has been read, if a person looks at it.
package struct ProgressLine {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant?

    package init() {
        start = clock.now
    }

    /// To be called for every packet; writes twice a second at most, and not in the first second.
    ///
    /// - Parameter stage: what is being done, if there is more than one thing.
    package mutating func update(position: Int64, size: Int64?, packets: Int, stage: String = "") {
        guard isShown else { return }
        let now = clock.now
        guard now - (shown ?? start) >= .milliseconds(shown == nil ? 1000 : 500) else { return }
        shown = now
        var text = "\(packets) packets, \(position >> 20) MiB"
        if let size, size > 0 { text += " of \(size >> 20) MiB (\(position * 100 / size) %)" }
        if !stage.isEmpty { text += ", \(stage)" }
        Self.write("\r\(text)\u{1B}[K")
    }

    /// Takes the line away.
    package mutating func end() {
        if shown != nil { Self.write("\r\u{1B}[K") }
        shown = nil
    }

    private static func write(_ text: String) {
        let octets = Array(text.utf8)
        _ = octets.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
