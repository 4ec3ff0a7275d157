/// Where events are written, to come out of the station.
package protocol EventFeed: Sendable {
    /// Writes the events with these indices in their order, and returns when they are accepted.
    func write(_ indices: Range<UInt32>, of plan: EventPlan) async throws
}
