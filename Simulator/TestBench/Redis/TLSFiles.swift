import DataStore
import Foundation

/// Certificates of a server, of a client that it trusts, and of a stranger, each of which vouches for itself.
package struct TLSFiles: Sendable {
    /// The port that the server speaks TLS on.
    package static let port = 6380

    /// The address that the certificates are for.
    package let host: String
    private let folder: TemporaryFolder

    package init() async throws {
        host = LoopbackAddress.next()
        folder = try TemporaryFolder("tls")
        for name in ["server", "client", "stranger"] { try await make(name) }
        try trustBoth()
    }

    /// A server that shows its certificate and wants to see the client's.
    package var server: ThrowawayRedis.Options {
        ThrowawayRedis.Options(
            host: host,
            arguments: [
                "--tls-port", String(Self.port), "--tls-cert-file", path("server.crt"),
                "--tls-key-file", path("server.key"), "--tls-ca-cert-file", path("client.crt"),
            ])
    }

    /// What makes a sentinel show the server's certificate, and the client's to servers.
    func sentinelLines(port: Int) -> [String] {
        [
            "tls-port \(port)", "tls-replication yes", "tls-ca-cert-file \(path("both.crt"))",
            "tls-cert-file \(path("server.crt"))", "tls-key-file \(path("server.key"))",
            "tls-client-cert-file \(path("client.crt"))", "tls-client-key-file \(path("client.key"))",
        ]
    }

    /// The settings of a client.
    ///
    /// - Parameters:
    ///   - trusted: whose certificate it trusts.
    ///   - name: whose certificate it shows; nil for none.
    package func client(trusting trusted: String = "server", as name: String? = "client") -> StoreConfiguration.TLS {
        StoreConfiguration.TLS(
            caFile: path("\(trusted).crt"), certificateFile: name.map { path("\($0).crt") },
            keyFile: name.map { path("\($0).key") })
    }

    /// The path of a file.
    package func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Writes the certificates of server and client into one file.
    private func trustBoth() throws(BenchError) {
        do {
            let texts = try ["server", "client"].map { try String(contentsOfFile: path("\($0).crt"), encoding: .utf8) }
            try texts.joined().write(toFile: path("both.crt"), atomically: true, encoding: .utf8)
        } catch {
            throw BenchError("no certificates: \(error)")
        }
    }

    private func make(_ name: String) async throws {
        let openssl = try ChildProcess(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:\(host)",
                "-keyout", path("\(name).key"), "-out", path("\(name).crt"),
            ])
        guard try await openssl.waitForExit() == .exited(0) else { throw BenchError("openssl: \(openssl.tail())") }
    }
}
