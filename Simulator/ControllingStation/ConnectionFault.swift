import IEC104Channel

/// Why a connection can't do what it was asked for.
package enum ConnectionFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The connection has ended.
    case closed(LinkCloseReason)
    /// Data transfer isn't started, so that no ASDU can be sent.
    case notStarted
    /// More ASDUs wait for the window to open than are kept.
    case overloaded
    /// An ASDU has more octets than fit in an APDU.
    case tooLong(octets: Int)

    package var description: String {
        switch self {
        case .closed(let reason): "the connection has ended: \(reason)"
        case .notStarted: "data transfer is not started"
        case .overloaded: "too many ASDUs wait to be sent"
        case .tooLong(let octets): "an ASDU of \(octets) octets doesn't fit in an APDU"
        }
    }
}
