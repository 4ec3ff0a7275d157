/// What the station has done since it started. Counts only grow.
package struct StationCounters: Hashable, Sendable {
    /// Updates taken as events of the event log.
    package var events: UInt64 = 0
    /// Updates that had arrived the other way already.
    package var duplicates: UInt64 = 0
    /// Updates of points that aren't served.
    package var unmapped: UInt64 = 0
    /// Sessions closed because they fell too far behind.
    package var overruns: UInt64 = 0
    /// Interrogations (C_IC, C_CI) answered to the end.
    package var interrogations: UInt64 = 0
    /// Requests refused, by a negative confirmation or one of the causes 44...47.
    package var refusals: UInt64 = 0
    /// Selections, executions and cancellations that were answered.
    package var commands: UInt64 = 0
    /// Those of them that were refused or have failed.
    package var commandsRefused: UInt64 = 0
    /// ASDUs in control direction that were discarded because their octets make no sense.
    package var malformed: UInt64 = 0
    /// Information objects handed to links, over all sessions.
    package var delivered: UInt64 = 0

    /// All zero.
    package init() {}
}
