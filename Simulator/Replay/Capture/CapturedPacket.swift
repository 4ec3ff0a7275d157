import NIOCore

/// A packet as the capture holds it.
package struct CapturedPacket: Sendable {
    /// Its number in the capture, from 1.
    package let frame: Int
    /// When it was captured.
    package let time: CaptureTime
    /// The octets from the link layer's header on; fewer than were on the wire if the capture cuts packets.
    package let octets: ByteBuffer
    /// Octets that followed on the wire, and that the capture's snapshot length has cut off.
    package let missing: Int

    package init(frame: Int, time: CaptureTime, octets: ByteBuffer, missing: Int = 0) {
        self.frame = frame
        self.time = time
        self.octets = octets
        self.missing = missing
    }
}
