import NIOCore

/// Sees every APDU of a link with the time it passed.
package protocol LinkObserver: AnyObject {
    /// Octets from the start octet on; several APDUs never come at once.
    func observed(_ octets: ByteBuffer, sent: Bool, at time: NIODeadline)
}
