import IEC104Link

/// Why a connection ended.
package enum LinkCloseReason: Hashable, Sendable, CustomStringConvertible {
    /// The other end closed or reset the connection.
    case remote
    /// The protocol was violated or a time ran out.
    case fault(LinkFault)
    /// The socket failed; the text is the system's.
    case connection(String)
    /// This end has no more use for it; the text says why.
    case local(String)

    package var description: String {
        switch self {
        case .remote: "closed by the other end"
        case .fault(let fault): fault.description
        case .connection(let text): text
        case .local(let text): text
        }
    }
}
