import IEC104Link
import IEC104Model

/// What load is put on a station.
package struct LoadOptions: Sendable {
    /// A name or an address.
    package var host: String
    package var port = 2404
    /// Controlling stations that are connected at the same time.
    package var connections: Int
    /// How long they receive, if no events are written.
    package var duration: Duration
    /// k, w and timers of this end.
    package var parameters = LinkParameters()
    /// The common address to interrogate; nil for no interrogation.
    package var interrogated: CommonAddress? = .broadcast
    /// The events to write, and where; nil to write nothing.
    package var events: (plan: EventPlan, feed: any EventFeed)?
    /// For how long no event may come, after the last one is written, until those that are missing count as lost.
    package var patience = Duration.seconds(5)
    /// How long connections are looked at after all events have come, because one may come again.
    package var aftermath = Duration.milliseconds(500)

    /// Returns when the load has to end before its time; the outcome is then that of what was done so far. Nil for never.
    package var interruption: (@Sendable () async -> Void)?

    package init(host: String, connections: Int, duration: Duration) {
        self.host = host
        self.connections = connections
        self.duration = duration
    }
}
