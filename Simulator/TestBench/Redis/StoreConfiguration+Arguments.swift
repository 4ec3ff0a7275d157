import DataStore

extension StoreConfiguration {
    /// The connector's options after `redis` that lead here. A password isn't among them; it goes by the environment.
    package var arguments: [String] {
        var arguments: [String] = []
        if let socketPath {
            arguments += ["--socket", socketPath]
        } else if sentinels.isEmpty {
            arguments += ["--host", endpoint.host, "--port", String(endpoint.port)]
        }
        for sentinel in sentinels { arguments += ["--sentinel", sentinel.description] }
        if let primaryName { arguments += ["--master-name", primaryName] }
        if let user { arguments += ["--user", user] }
        if database != 0 { arguments += ["--db", String(database)] }
        if let tls {
            arguments.append("--tls")
            for (flag, file) in [
                ("--tls-ca", tls.caFile), ("--tls-cert", tls.certificateFile), ("--tls-key", tls.keyFile),
            ] {
                if let file { arguments += [flag, file] }
            }
        }
        return arguments
    }
}
