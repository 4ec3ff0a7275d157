import HeapModule
import NIOCore

/// What waits for what time: the earliest one is found at once, however many there are.
struct DeadlineTable<Key: Hashable & Sendable> {
    private struct Entry: Comparable {
        let deadline: NIODeadline
        let key: Key

        static func < (left: Entry, right: Entry) -> Bool { left.deadline < right.deadline }
        static func == (left: Entry, right: Entry) -> Bool { left.deadline == right.deadline }
    }

    private var deadlines: [Key: NIODeadline] = [:]
    /// Every deadline, and some that hold no more. The first one always holds.
    private var heap = Heap<Entry>()

    /// The earliest deadline.
    var earliest: NIODeadline? { heap.min?.deadline }

    /// Those that wait.
    var keys: some Collection<Key> { deadlines.keys }

    /// Sets the deadline of a key; nil removes it.
    subscript(key: Key) -> NIODeadline? {
        get { deadlines[key] }
        set {
            guard newValue != deadlines[key] else { return }
            deadlines[key] = newValue
            if let newValue { heap.insert(Entry(deadline: newValue, key: key)) }
            tidy()
        }
    }

    /// Removes what is due.
    ///
    /// - Returns: the keys, in the order of their deadlines.
    mutating func removeDue(_ now: NIODeadline) -> [Key] {
        var due: [Key] = []
        while let first = heap.min, first.deadline <= now {
            due.append(first.key)
            self[first.key] = nil
        }
        return due
    }

    private mutating func tidy() {
        while let first = heap.min, deadlines[first.key] != first.deadline { heap.removeMin() }
        // Deadlines that were put off leave their old ones behind.
        guard heap.count > 2 * deadlines.count + 64 else { return }
        heap = Heap(deadlines.lazy.map { Entry(deadline: $0.value, key: $0.key) })
    }
}
