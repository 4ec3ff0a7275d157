/// Which end of a link a station is.
package enum LinkRole: Hashable, Sendable {
    /// Waits for STARTDT act, sends process information.
    case controlled
    /// Starts and stops data transfer, sends commands.
    case controlling
}
