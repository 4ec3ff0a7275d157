/// A frame that something is waited for since.
struct FrameMark: Hashable {
    let frame: Int
    let time: CaptureTime

    /// Seconds that have passed until `now`.
    func age(_ now: CaptureTime) -> Double { now.seconds(since: time) }
}

extension TrafficEvent {
    var mark: FrameMark { FrameMark(frame: frame, time: time) }
}
