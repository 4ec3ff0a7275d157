import IEC104Link
import NIOCore

/// What the layer above may ask of a link. To be called on the event loop of the connection only.
package protocol LinkControl: AnyObject {
    /// The event loop of the connection; nil once it is gone.
    var eventLoop: (any EventLoop)? { get }
    /// The other end; nil once the connection is gone.
    var remoteAddress: SocketAddress? { get }
    /// State and counts.
    var statistics: LinkStatistics { get }
    /// False: what is received isn't acknowledged, neither by w or t2 nor by N(R) of I frames. Set to true again, all that
    /// has come is acknowledged at once. For tests of the other end.
    var acknowledgesAutomatically: Bool { get set }

    /// There is something to send: `nextASDU` is called for as long as window and socket allow.
    func wake()
    /// Ends the connection after what was handed to the socket.
    func close(_ reason: LinkCloseReason)
    /// Sends STARTDT act; controlling station only.
    func startDataTransfer()
    /// Sends STOPDT act; controlling station only.
    func stopDataTransfer()
    /// Sends TESTFR act.
    ///
    /// - Parameters:
    ///   - timeout: how long the confirmation may take; at most t1, which it is if nil.
    ///   - completion: told true when the confirmation has come, false when the connection ends without it.
    func test(timeout: TimeAmount?, completion: ((Bool) -> Void)?)
    /// Sends octets that the link doesn't look at. For tests of the other end.
    func sendRaw(_ octets: ByteBuffer)
}
