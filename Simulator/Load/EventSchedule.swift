import NIOCore

/// When each event of an open loop is due, whether or not the one before it has arrived.
///
/// Latencies count from here, so that a stall of writer or station shows in every event that it delays (no coordinated
/// omission).
package struct EventSchedule: Hashable, Sendable {
    /// When event 0 is due.
    package let start: NIODeadline
    /// Events a second.
    package let rate: Double

    package init(start: NIODeadline, rate: Double) {
        self.start = start
        self.rate = rate
    }

    /// When the event with this index is due.
    package func due(_ index: UInt32) -> NIODeadline {
        start + .nanoseconds(Int64(Double(index) / rate * 1e9))
    }

    /// Events that are due by `now`.
    package func count(at now: NIODeadline) -> UInt32 {
        now < start ? 0 : UInt32(clamping: Int64(Double((now - start).nanoseconds) / 1e9 * rate) + 1)
    }
}
