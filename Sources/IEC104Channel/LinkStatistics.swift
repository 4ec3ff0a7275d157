import IEC104Link

/// What a link has done, for people to look at.
package struct LinkStatistics: Hashable, Sendable {
    /// Stopped, started or between.
    package var state = LinkState.stopped
    /// I frames sent that wait for acknowledgement.
    package var unacknowledged = 0
    /// APDUs sent, all formats.
    package var sent: UInt64 = 0
    /// APDUs received, all formats.
    package var received: UInt64 = 0
    /// I frames sent.
    package var informationSent: UInt64 = 0
    /// I frames received.
    package var informationReceived: UInt64 = 0

    /// Nothing done yet.
    package init() {}
}
