extension TemporaryFolder {
    /// Makes `name.key` and `name.crt`, a certificate for an address that vouches for itself.
    package func makeCertificate(_ name: String, for address: String) async throws {
        let openssl = try ChildProcess(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:\(address)",
                "-keyout", "\(path)/\(name).key", "-out", "\(path)/\(name).crt",
            ])
        guard try await openssl.waitForExit() == .exited(0) else { throw BenchError("openssl: \(openssl.tail())") }
    }
}
