import IEC104Link
import NIOCore

/// Something in a capture that concerns IEC 60870-5-104, in the order in which the stations saw it.
package struct TrafficEvent: Sendable {
    package enum Content: Hashable, Sendable {
        /// All octets of an APDU, and its control field.
        case apdu(ByteBuffer, APCI)
        /// Octets that begin where an APDU has to begin, but make none.
        case malformed(ByteBuffer, MalformedAPDU)
        /// Octets that were passed over to find the next APDU.
        case skipped(ByteBuffer)
        /// Octets that the capture lacks; nil if their number isn't known.
        case missing(Int?)
        /// The receiver has acknowledged octets that haven't been captured, or not yet.
        case unseen
        /// So many octets were sent before the first ones, but captured after them; they are left out.
        case late(Int)
        /// The sender has closed the connection, or its half of it.
        case ended
        /// The connection is over, or the capture; nothing follows in either direction.
        case finished
    }

    package let stream: TrafficStream
    package let direction: Direction
    /// The packet, counted from 1, that holds the last octet of it.
    package let frame: Int
    /// When that packet was captured.
    package let time: CaptureTime
    package let content: Content

    package init(
        stream: TrafficStream, direction: Direction, frame: Int, time: CaptureTime, content: Content
    ) {
        self.stream = stream
        self.direction = direction
        self.frame = frame
        self.time = time
        self.content = content
    }
}
