import NIOSSL

/// TLS to the server, from files in PEM format.
enum TLSContext {
    static func make(_ files: StoreConfiguration.TLS) throws(StoreError) -> NIOSSLContext {
        do {
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let path = files.caFile { configuration.trustRoots = .file(path) }
            if let path = files.certificateFile {
                configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(path).map { .certificate($0) }
            }
            if let path = files.keyFile {
                configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: path, format: .pem))
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            let names = [files.caFile, files.certificateFile, files.keyFile].compactMap { $0 }.joined(separator: ", ")
            throw .connection("TLS files can't be used (\(names)): \(error)")
        }
    }

    /// Server name indication is for names only.
    static func serverName(_ host: String) -> String? {
        let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return isAddress ? nil : host
    }
}
