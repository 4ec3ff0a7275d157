import NIOCore

/// When the unacknowledged I frames were sent: a ring that grows to as many entries as ever were
/// unacknowledged, k at most.
struct SentTimes {
    private var times: ContiguousArray<NIODeadline> = []
    private var first = 0
    private(set) var count = 0

    /// When the oldest one was sent.
    var oldest: NIODeadline? { count == 0 ? nil : times[first] }

    mutating func append(_ time: NIODeadline) {
        if count == times.count {
            if first != 0 {
                // Turned to the front, the ring has its room behind.
                times = ContiguousArray(times[first...] + times[..<first])
                first = 0
            }
            times.append(time)
        } else {
            times[(first + count) % times.count] = time
        }
        count += 1
    }

    mutating func removeFirst(_ number: Int) {
        let removed = min(number, count)
        count -= removed
        first = times.isEmpty ? 0 : (first + removed) % times.count
    }
}
