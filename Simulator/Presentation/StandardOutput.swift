#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the program writes for its user.
///
/// A reader that is slow makes `put` wait without holding up a thread; one that has gone is told by `Closed`.
package enum StandardOutput {
    /// Nobody reads any more.
    package struct Closed: Error {
        package init() {}
    }

    /// The output can't be written, for another reason: a full disk, say.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    /// The largest write that a pipe takes whole when it says that it is writable (PIPE_BUF).
    private static let chunkSize = 4096

    /// Keeps the system from ending the program when a pipe's reader has gone. To be called once, at the start.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// True if a person looks at it.
    package static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes all of the text. If the task is cancelled meanwhile, no line of less than 4096 octets is left in pieces.
    ///
    /// - Throws: `Closed`; `Failed`; `CancellationError`.
    package static func put(_ text: String) async throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            guard events(POLLOUT) != 0 else {
                try await Task.sleep(for: .milliseconds(1))
                continue
            }
            try putSome(&rest)
        }
    }

    /// Writes at once what has to be out even if the task is cancelled, such as the restoring of a terminal.
    package static func putAtOnce(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            do { try putSome(&rest) } catch { return }
        }
    }

    private static func putSome(_ rest: inout ArraySlice<UInt8>) throws {
        var chunk = rest.prefix(chunkSize)
        if chunk.count < rest.count, let lineEnd = chunk.lastIndex(of: UInt8(ascii: "\n")) {
            chunk = chunk[...lineEnd]
        }
        let count = chunk.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if count >= 0 {
            rest = rest.dropFirst(count)
        } else if errno == EPIPE {
            throw Closed()
        } else if errno != EINTR && errno != EAGAIN {
            throw Failed(description: "the output can't be written: \(String(cString: strerror(errno)))")
        }
    }

    /// Returns when the reader has gone, which is seen even while nothing is written; or when the task is cancelled.
    package static func closed() async {
        while events(0) & Int16(POLLERR) == 0 {
            do { try await Task.sleep(for: .milliseconds(200)) } catch { return }
        }
    }

    private static func events(_ wanted: Int32) -> Int16 {
        var descriptor = pollfd(fd: STDOUT_FILENO, events: Int16(wanted), revents: 0)
        return poll(&descriptor, 1, 0) < 0 ? 0 : descriptor.revents
    }

    /// Writes a line to standard error.
    package static func note(_ text: String) {
        let octets = Array((text + "\n").utf8)
        _ = octets.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
