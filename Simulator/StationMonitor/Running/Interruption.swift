import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The user's wish to end the program.
package struct Interruption: Sendable {
    private let signals: UnixSignalsSequence

    /// From here on, signals wait for `next` rather than end the program.
    package init() async {
        signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    }

    /// Returns at SIGINT (Ctrl-C), SIGTERM or SIGHUP, or when the task is cancelled. A second signal then ends the
    /// program at once.
    package func next() async {
        for await _ in signals { break }
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    }

    /// The same for signals that come from now on.
    package static func wait() async {
        await Interruption().next()
    }
}
