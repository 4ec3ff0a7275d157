/// What a connection leads to.
package enum ServerEndpoint: Hashable, Sendable, CustomStringConvertible {
    case network(StoreConfiguration.Endpoint)
    /// The path of a UNIX socket.
    case socket(String)

    package var description: String {
        switch self {
        case .network(let endpoint): endpoint.description
        case .socket(let path): path
        }
    }

    /// The name or address that a certificate has to vouch for.
    var host: String? {
        if case .network(let endpoint) = self { endpoint.host } else { nil }
    }
}
