import NIOCore

/// A packet as the capture holds it.
package struct CapturedPacket: Sendable {
    /// Its number in the capture, from 1.
    package let frame: Int
    /// When it was captured.
    package let time: CaptureTime
    /// The octets from the link layer's header on; fewer than were on the wire if the capture cuts packets.
    package let octets: ByteBuffer

    package init(frame: Int, time: CaptureTime, octets: ByteBuffer) {
        self.frame = frame
        self.time = time
        self.octets = octets
    }
}
