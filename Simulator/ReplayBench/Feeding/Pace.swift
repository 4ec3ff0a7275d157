import Replay

/// How fast recorded traffic is played.
package enum Pace: Hashable, Sendable {
    /// As fast as the other end takes it.
    case maximum
    /// So many times as fast as it was recorded; above 0.
    case times(Double)

    /// `max`, or a number above 0 such as `1`, `0.5` or `60`. Nil for other texts.
    package init?(_ text: String) {
        if text == "max" {
            self = .maximum
        } else if let number = Double(text), number > 0, number <= 1e6 {
            self = .times(number)
        } else {
            return nil
        }
    }
}

/// Tells when something recorded is due. Pauses are those of the recording; where its clock went back, there is none.
package struct PaceClock: Sendable {
    private let pace: Pace
    private let clock = ContinuousClock()
    private var latest: (recorded: CaptureTime, due: ContinuousClock.Instant)?

    package init(_ pace: Pace) {
        self.pace = pace
    }

    /// When something that was recorded at this time is due; nil for at once.
    package mutating func due(_ recorded: CaptureTime) -> ContinuousClock.Instant? {
        guard case .times(let speed) = pace else { return nil }
        guard let latest else {
            latest = (recorded, clock.now)
            return nil
        }
        let pause = max(0, recorded.seconds(since: latest.recorded)) / speed
        let due = latest.due + .seconds(pause)
        self.latest = (recorded, due)
        return due > clock.now ? due : nil
    }

    /// Nothing was due for a while, for other reasons: what follows keeps its distance from now.
    package mutating func delayed() {
        guard let latest, latest.due < clock.now else { return }
        self.latest = (latest.recorded, clock.now)
    }
}
