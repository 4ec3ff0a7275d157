import ControllingStation

/// Whether the termination of an execution counts.
package enum CommandTermination: Hashable, Sendable {
    /// Without it the command has failed.
    case required
    /// It is waited for, and need not come.
    case optional
    /// The command is over with its confirmation.
    case ignored

    /// What the standard has stations do: single, double and step commands are terminated. For set-points it is a choice of
    /// the station, bitstrings are commonly not terminated, and neither is what isn't carried out because of its test bit.
    package init(of command: Command) {
        guard !command.isTest else {
            self = .ignored
            return
        }
        switch command.value {
        case .single, .double, .step: self = .required
        case .normalized, .scaled, .shortFloat, .bitstring: self = .optional
        }
    }
}
