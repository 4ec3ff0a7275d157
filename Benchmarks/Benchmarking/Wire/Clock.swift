import CEvents
import Glibc

/// The clock of all measurements.
enum Clock {
    /// Nanoseconds since the machine was started, or on another clock of the system.
    static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Returns at `moment`, of `now()`, as closely as the system can.
    static func sleep(until moment: UInt64) {
        var time = timespec(tv_sec: Int(moment / 1_000_000_000), tv_nsec: Int(moment % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    /// Lets the calling thread wake up when it wants to, and not up to 50 microseconds later.
    static func sharpenThread() {
        _ = set_timer_slack(1)
    }
}
