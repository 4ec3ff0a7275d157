import IEC104Model

/// One request of a command; each is confirmed on its own.
package enum CommandStep: String, Hashable, Sendable {
    /// Activation with S/E = 1: reserves the object, changes nothing yet.
    case select
    /// Activation with S/E = 0: carries the command out.
    case execute
    /// Deactivation: gives a selection back.
    case cancel

    /// The cause it is sent with.
    var cause: CauseOfTransmission { self == .cancel ? .deactivation : .activation }

    /// The cause it is confirmed with.
    var confirmation: CauseOfTransmission {
        self == .cancel ? .deactivationConfirmation : .activationConfirmation
    }
}
