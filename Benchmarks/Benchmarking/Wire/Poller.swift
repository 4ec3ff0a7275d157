import CEvents
import Glibc
import TestBench

/// Waits for descriptors that can be read, by `epoll`.
final class Poller {
    private let descriptor: Int32
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    init() throws {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw BenchError("epoll: \(String(cString: strerror(errno)))") }
    }

    deinit {
        close(descriptor)
    }

    /// Watches a descriptor until it is closed.
    func add(_ watched: Int32, as token: Int) throws {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.u64 = UInt64(token)
        guard epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event) == 0 else {
            throw BenchError("epoll_ctl: \(String(cString: strerror(errno)))")
        }
    }

    /// Calls `body` with the token of each descriptor that can be read.
    ///
    /// - Returns: how many there were; none if `milliseconds` have passed.
    @discardableResult
    func wait(milliseconds: Int32, _ body: (Int) throws -> Void) rethrows -> Int {
        let count = Int(max(epoll_wait(descriptor, &events, Int32(events.count), milliseconds), 0))
        for index in 0..<count { try body(Int(events[index].data.u64)) }
        return count
    }
}
