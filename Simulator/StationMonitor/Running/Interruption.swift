import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The user's wish to end the program.
package enum Interruption {
    /// Returns at SIGINT (Ctrl-C), SIGTERM or SIGHUP, or when the task is cancelled. A second signal then ends the
    /// program at once.
    package static func wait() async {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        for await _ in signals { break }
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    }
}
