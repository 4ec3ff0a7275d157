import NIOCore

/// One of the two ends of a connection, or what it sends.
package enum Side: Int, Hashable, Sendable, CaseIterable {
    /// The end whose address and port come first in order.
    case first
    /// The other one.
    case second

    package var other: Side { self == .first ? .second : .first }
}

/// What has happened in one direction of a TCP connection, in the order in which its other end learns of it.
package struct StreamEvent: Sendable {
    package enum Content: Hashable, Sendable {
        /// Octets that follow those before.
        case octets(ByteBuffer)
        /// Octets that the capture lacks, before those that follow; nil if their number isn't known.
        case missing(Int?)
        /// The other end has acknowledged octets that haven't been captured, or not yet.
        case unseen
        /// Octets that came before the first ones, but were captured after them, and are left out.
        case late(Int)
        /// FIN or RST: nothing follows.
        case ended
    }

    /// Who sent it.
    package let side: Side
    /// The packet that brought it, or the later one that brought what it had to wait for.
    package let frame: Int
    /// When that packet was captured.
    package let time: CaptureTime
    package let content: Content
}
