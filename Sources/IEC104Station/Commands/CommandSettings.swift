import NIOCore

/// What an operator may choose about commands.
package struct CommandSettings: Hashable, Sendable {
    /// False refuses every command, as a local/remote switch in position local does.
    package var isEnabled = true
    /// How long an execution waits for its confirmation, and then for its termination.
    package var timeout = TimeAmount.seconds(10)
    /// How long a selection holds.
    package var selectTimeout = TimeAmount.seconds(10)
    /// How far the time tag of a command may lie from now, in both directions.
    package var maximumAge = TimeAmount.seconds(30)

    /// The defaults.
    package init() {}
}
