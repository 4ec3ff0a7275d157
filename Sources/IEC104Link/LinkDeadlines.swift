import NIOCore

/// The timers of a link, as the times they run out at. t1 of I frames follows from `SentTimes`.
struct LinkDeadlines {
    /// t1 of a TESTFR act, or the shorter time a probe was given.
    var testFrame: NIODeadline?
    /// t1 of a STARTDT act or STOPDT act.
    var transfer: NIODeadline?
    /// t2 of the oldest unacknowledged I frame received.
    var t2: NIODeadline?
    /// t3 since the last frame received.
    var t3: NIODeadline?
}
