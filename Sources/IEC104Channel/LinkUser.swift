import NIOCore

/// The layer above a link: a station's session. All calls come on the event loop of the connection.
package protocol LinkUser: AnyObject, SendableMetatype {
    /// The connection is established; `link` is good until `linkClosed`.
    func linkEstablished(_ link: any LinkControl)
    /// STARTDT has been confirmed.
    func dataTransferStarted()
    /// STOPDT has been confirmed.
    func dataTransferStopped()
    /// An I frame has come in order; `asdu` is what it carries.
    func received(asdu: ByteBuffer)
    /// Appends one ASDU of at most 249 octets to send, or returns false and leaves `buffer` as it is.
    ///
    /// Called only while the window and the socket let it go out.
    func nextASDU(into buffer: inout ByteBuffer) -> Bool
    /// The connection has ended.
    func linkClosed(_ reason: LinkCloseReason)
}
