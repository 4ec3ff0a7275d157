import CPcap

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A pipe, or anything else than a plain file, that a capture comes from while it is made: libpcap reads it like a file,
/// but the waiting for octets ends when the task is cancelled, also in the middle of a packet.
///
/// Waiting holds up the thread. Whoever has other things to do reads on a thread of its own.
final class LiveInput {
    /// Milliseconds between two looks at the task.
    private static let waitingTime: Int32 = 50

    private let descriptor: Int32
    private let path: String
    /// Octets read so far.
    private(set) var position: Int64 = 0
    /// True if the reading has ended because the task was cancelled.
    private(set) var wasCancelled = false

    /// Nil for a plain file, and for what can't be opened.
    ///
    /// - Parameter path: `-` is standard input.
    init?(path: String) {
        // Without O_NONBLOCK, opening a named pipe waits for its writer.
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        (self.descriptor, self.path) = (descriptor, path)
        var status = stat()
        guard fstat(descriptor, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return nil }
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// The stream for libpcap; nil if there is no memory for it. It keeps the input until it is closed.
    func stream() -> UnsafeMutablePointer<FILE>? {
        let functions = capture_stream_functions(
            read: { cookie, octets, count in
                guard let cookie, let octets else { return -1 }
                return Unmanaged<LiveInput>.fromOpaque(cookie).takeUnretainedValue().read(octets, count)
            }, write: nil, seek: nil,
            close: { cookie in
                if let cookie { Unmanaged<LiveInput>.fromOpaque(cookie).release() }
                return 0
            })
        let cookie = Unmanaged.passRetained(self)
        guard let stream = fopencookie(cookie.toOpaque(), "r", functions) else {
            cookie.release()
            return nil
        }
        return stream
    }

    /// As read(2), but for the waiting.
    private func read(_ octets: UnsafeMutablePointer<CChar>, _ count: Int) -> Int {
        while !Task.isCancelled {
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&state, 1, Self.waitingTime) != 0 else { continue }
            let result = Glibc.read(descriptor, octets, count)
            if result < 0, errno == EINTR || errno == EAGAIN { continue }
            position += Int64(max(0, result))
            return result
        }
        wasCancelled = true
        errno = ECANCELED
        return -1
    }
}
