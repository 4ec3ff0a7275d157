import Histogram

/// What a load has shown. Times are in microseconds.
package struct LoadOutcome: Sendable {
    /// From the beginning of each connection to its STARTDT con.
    package var starts = Histogram<UInt64>()
    /// From the first beginning to the last STARTDT con, in seconds.
    package var startSeconds = 0.0
    /// Each interrogation, from its command to its termination. Empty without one.
    package var interrogations = Histogram<UInt64>()
    /// Until the last termination, in seconds: the silence that a broadcast is waited for after it isn't the station's.
    package var interrogationSeconds = 0.0
    /// Points in all answers together.
    package var interrogatedPoints = 0
    /// Each event at each connection, from the moment it was due. Empty without events.
    package var latencies = Histogram<UInt32>()
    /// Events written.
    package var written = 0
    /// How long they were written, in seconds.
    package var writeSeconds = 0.0
    /// How long after its time an event was written at the latest: time lost before the station.
    package var writeDelay: UInt64 = 0
    /// How long connections received, in seconds.
    package var seconds = 0.0
    /// True if it was ended before its time.
    package var isInterrupted = false
    /// Connection by connection.
    package var connections: [ConnectionOutcome] = []

    package init() {}

    /// True if all connections stood, and each event came once and in order at each of them.
    package var isEven: Bool { connections.allSatisfy(\.isEven) }
    /// Connections that stood until the end.
    package var standing: Int { connections.count { $0.closeReason == nil } }
    package var received: Int { connections.reduce(0) { $0 + $1.deliveries.received } }
    package var lost: Int { connections.reduce(0) { $0 + $1.lost } }
    package var duplicates: Int { connections.reduce(0) { $0 + $1.deliveries.duplicates } }
    package var misordered: Int { connections.reduce(0) { $0 + $1.deliveries.misordered } }
    package var foreign: Int { connections.reduce(0) { $0 + $1.foreign } }
    package var objects: Int { connections.reduce(0) { $0 + $1.objects } }
}
