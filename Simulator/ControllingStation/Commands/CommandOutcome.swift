import IEC104Model

/// What came of one step of a command.
package enum CommandOutcome: Hashable, Sendable {
    /// Confirmed positively; a termination was not waited for.
    case confirmed
    /// Confirmed and terminated positively.
    case terminated
    /// Confirmed positively, and not terminated in time.
    case unterminated
    /// Confirmed negatively.
    case refused
    /// Sent back with this cause, 44...47.
    case unknown(CauseOfTransmission)
    /// Confirmed positively, and terminated negatively.
    case failed
    /// Not confirmed in time. Whether it was carried out is not known.
    case unconfirmed
}
