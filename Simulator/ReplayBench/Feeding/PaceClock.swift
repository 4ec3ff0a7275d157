import Replay

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
