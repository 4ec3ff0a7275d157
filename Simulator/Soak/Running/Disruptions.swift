import Synchronization

/// The times in which connections may end without a master's doing, so that an end at another time can be told from them.
final class Disruptions: Sendable {
    /// Odd while one is under way.
    private let count = Mutex(0)

    /// A moment, to be compared with a later one.
    var now: Int { count.withLock { $0 } }

    /// True if one was under way at some time since `moment`, or is now.
    func happened(since moment: Int) -> Bool {
        count.withLock { $0 != moment || !$0.isMultiple(of: 2) }
    }

    func begin() {
        count.withLock { $0 += 1 }
    }

    func end() {
        count.withLock { $0 += 1 }
    }
}
