/// The transfer state of a link (IEC 60870-5-104, 5.3, figures 15 and 16).
package enum LinkState: String, Hashable, Sendable, CustomStringConvertible {
    /// Connected; no user data.
    case stopped
    /// The controlling station has sent STARTDT act.
    case pendingStarted = "pending started"
    /// User data flows.
    case started
    /// STOPDT act was sent or received, and I frames that were sent still wait for acknowledgement.
    case pendingUnconfirmedStopped = "pending unconfirmed stopped"
    /// The controlling station has sent STOPDT act and waits for nothing but its confirmation.
    case pendingStopped = "pending stopped"

    package var description: String { rawValue }
}
