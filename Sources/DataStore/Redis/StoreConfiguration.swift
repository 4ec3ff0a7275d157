import NIOCore

/// Where the store is and how to get in.
package struct StoreConfiguration: Hashable, Sendable {
    /// A host name or address, and a port.
    package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// Files in PEM format. Without a CA file, the system's certificates are trusted.
    package struct TLS: Hashable, Sendable {
        package var caFile: String?
        package var certificateFile: String?
        package var keyFile: String?

        package init(caFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil) {
            self.caFile = caFile
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    package var endpoint = Endpoint(host: "127.0.0.1", port: 6379)
    /// A UNIX socket, used instead of the endpoint.
    package var socketPath: String?
    /// The ACL user; nil for the default user.
    package var user: String?
    package var password: Secret?
    /// The database number.
    package var database = 0
    /// Nil for a connection in the clear.
    package var tls: TLS?
    /// Sentinels that know the present primary; used instead of the endpoint.
    package var sentinels: [Endpoint] = []
    /// The name that the sentinels know the primary by.
    package var primaryName: String?
    /// What the server's CLIENT LIST shows.
    package var clientName: String?

    /// How long connecting may take.
    package var connectTimeout = TimeAmount.seconds(5)
    /// How long a reply may take until the connection is given up.
    package var stallTimeout = TimeAmount.seconds(10)
    /// The longest pause between two attempts to connect.
    package var maximumBackoff = TimeAmount.seconds(10)
    /// How often image and documents are read where the server refuses to report changes.
    package var pollInterval = TimeAmount.seconds(1)

    package init() {}

    /// Where the store is, for log lines.
    package var location: String {
        if let socketPath { return socketPath }
        if !sentinels.isEmpty {
            return "\(primaryName ?? "") by sentinels \(sentinels.map(\.description).joined(separator: ", "))"
        }
        return endpoint.description
    }

    /// The same, with the server that the sentinels have led to.
    func location(of server: ServerEndpoint) -> String {
        sentinels.isEmpty || socketPath != nil ? location : "\(server), \(location)"
    }
}
