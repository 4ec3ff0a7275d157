import NIOCore

/// Writes the events of a plan when they are due, in an open loop.
actor EventWriter {
    /// Events in one write at most; what is late is made up for in several.
    private static let maximumBatch: UInt32 = 500

    private let plan: EventPlan
    private let feed: any EventFeed
    /// Events that are written.
    private(set) var written: UInt32 = 0
    /// How long after its time an event was written at the latest.
    private(set) var delay = TimeAmount.zero

    init(_ plan: EventPlan, to feed: any EventFeed) {
        self.plan = plan
        self.feed = feed
    }

    /// Writes all events and returns when the last one is accepted.
    ///
    /// - Throws: what the feed throws; `CancellationError`.
    func run(_ schedule: EventSchedule) async throws {
        while written < plan.count {
            let ahead = schedule.due(written) - .now()
            if ahead > .zero { try await Task.sleep(for: .nanoseconds(ahead.nanoseconds)) }
            try Task.checkCancellation()
            let now = NIODeadline.now()
            delay = max(delay, now - schedule.due(written))
            let end = min(max(schedule.count(at: now), written + 1), plan.count, written + Self.maximumBatch)
            try await feed.write(written..<end, of: plan)
            written = end
        }
    }
}
