#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One line on the terminal that tells how far a long run has come, written over and over. Nothing where standard error is
/// no terminal: results in a pipe or file stay what they are.
package enum ProgressLine {
    private static let isShown = isatty(STDERR_FILENO) == 1

    /// Shows a text in place of the one before, at most 100 characters of it.
    package static func show(_ text: String) {
        put("\r\u{1B}[K" + text.prefix(100))
    }

    /// Leaves the line empty.
    package static func clear() { put("\r\u{1B}[K") }

    private static func put(_ text: String) {
        guard isShown else { return }
        let octets = Array(text.utf8)
        _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
