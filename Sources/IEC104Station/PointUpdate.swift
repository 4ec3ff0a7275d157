import IEC104Model

/// A new value of a point, as it reaches the station: scaled, converted to the point's type and judged.
package struct PointUpdate: Hashable, Sendable {
    /// How an update counts.
    package enum Kind: Hashable, Sendable {
        /// Something that happened. Each one is sent, in order.
        case event
        /// What the source holds now. Only a difference from what the station knows is sent.
        case state
    }

    /// Which point.
    package var address: PointAddress
    /// The type a point that no mapping defines is served with.
    package var type: TypeIdentification
    /// Value, quality and time tag.
    package var information: ProcessInformation
    /// The cause of transmission, forwarded unchanged.
    package var cause: CauseOfTransmission
    /// Milliseconds since 1970 UTC.
    package var timestamp: Int64
    /// False where the source gave no time and `timestamp` is the time of reception.
    package var hasSourceTimestamp: Bool
    /// Event or state.
    package var kind: Kind

    /// Creates an update.
    package init(
        address: PointAddress, type: TypeIdentification, information: ProcessInformation,
        cause: CauseOfTransmission = .spontaneous, timestamp: Int64, hasSourceTimestamp: Bool, kind: Kind
    ) {
        self.address = address
        self.type = type
        self.information = information
        self.cause = cause
        self.timestamp = timestamp
        self.hasSourceTimestamp = hasSourceTimestamp
        self.kind = kind
    }
}

/// What the station did with an update.
package enum PointUpdateOutcome: Hashable, Sendable {
    /// Appended to the event log.
    case sent
    /// Taken over without being sent: no difference, inside the deadband, or a first value before any connection.
    case taken
    /// The same update had arrived the other way already.
    case duplicate
    /// Held back: it looks like the echo of an event, and counts only if nothing newer follows.
    case deferred
    /// The mapping doesn't name the point.
    case unmapped
}
