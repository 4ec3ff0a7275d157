import IEC104Channel
import NIOCore

/// An APDU of either direction with the time it passed.
package struct ObservedFrame: Sendable {
    /// The octets from the start octet on.
    package let octets: ByteBuffer
    /// True if this end sent it.
    package let isSent: Bool
    /// When it passed, by the clock that never steps.
    package let time: NIODeadline
    /// When it passed, in milliseconds since 1970 UTC.
    package let millisecondsSince1970: Int64
}

/// Hands each APDU of a link to a closure.
final class FrameTap: LinkObserver {
    private let onFrame: @Sendable (ObservedFrame) -> Void

    init(_ onFrame: @escaping @Sendable (ObservedFrame) -> Void) {
        self.onFrame = onFrame
    }

    func observed(_ octets: ByteBuffer, sent: Bool, at time: NIODeadline) {
        onFrame(
            ObservedFrame(
                octets: ByteBuffer(bytes: octets.readableBytesView), isSent: sent, time: time,
                millisecondsSince1970: WallClock.milliseconds()))
    }
}
