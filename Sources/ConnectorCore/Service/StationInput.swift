import IEC104Model
import IEC104Station

/// Something that the store says about a point.
enum StationInput: Sendable {
    case update(PointUpdate)
    /// The image key is gone.
    case removed(PointAddress)
    /// It was about a point that isn't served.
    case unmapped
    /// The process confirms or terminates a command.
    case commandAnswer(CommandAnswer)
}

/// How it stands with the station, for health and metrics.
package struct StationSnapshot: Hashable, Sendable {
    /// One connected client.
    package struct Client: Hashable, Sendable {
        package var number: Int
        package var address: String
        package var isStarted: Bool
        /// I frames that wait for acknowledgement.
        package var unacknowledged: Int
        /// Events that wait to be sent.
        package var behind: Int
        /// Milliseconds since it connected.
        package var connectedFor: Int64
    }

    package var clients: [Client] = []
    package var points = 0
    package var counters = StationCounters()
    /// Connections refused because there were too many.
    package var refused: UInt64 = 0
    /// Connections since the start.
    package var accepted: UInt64 = 0
}
