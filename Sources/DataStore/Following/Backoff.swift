import NIOCore

/// The pauses between attempts: doubling from 0.1 s to a maximum, each cut by up to half at random, so that many
/// clients of one server don't come back at the same moment.
struct Backoff {
    private static let first = TimeAmount.milliseconds(100)
    let maximum: TimeAmount
    private var next = Backoff.first

    init(maximum: TimeAmount) {
        self.maximum = maximum
    }

    mutating func pause() -> TimeAmount {
        let pause = min(next, maximum)
        next = min(pause * 2, maximum)
        return .nanoseconds(Int64.random(in: pause.nanoseconds / 2...pause.nanoseconds))
    }

    mutating func reset() {
        next = Self.first
    }
}
