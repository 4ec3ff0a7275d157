/// A parameter that the program is started with, described once: its flag, TOML key, environment variable, default and
/// meaning all come from here.
package enum SettingName: String, CaseIterable, Sendable {
    case id
    case logLevel = "log-level"
    case metrics
    case host
    case port
    case pwd
    case user
    case db
    case socket
    case tls
    case tlsCA = "tls-ca"
    case tlsCertificate = "tls-cert"
    case tlsKey = "tls-key"
    case sentinel
    case primaryName = "master-name"

    /// What a value looks like.
    package enum Form: Sendable {
        case text
        case integer(ClosedRange<Int>)
        case flag
        case list
    }

    /// True if the parameter belongs to the `redis` subcommand and the TOML table of that name.
    package var isOfStore: Bool {
        switch self {
        case .id, .logLevel, .metrics: false
        default: true
        }
    }

    /// The flag, `--log-level`.
    package var flag: String { "--\(rawValue)" }

    /// The TOML key, `redis.port`.
    package var tomlPath: String { isOfStore ? "redis.\(rawValue)" : rawValue }

    /// The environment variable.
    package var environment: String {
        switch self {
        case .id: "IEC104_ID"
        case .logLevel: "IEC104_LOG_LEVEL"
        case .metrics: "IEC104_METRICS"
        case .sentinel: "REDIS_SENTINELS"
        default: "REDIS_" + rawValue.uppercased().replacing("-", with: "_")
        }
    }

    package var form: Form {
        switch self {
        case .port: .integer(1...65_535)
        case .db: .integer(0...1_000_000)
        case .tls: .flag
        case .sentinel: .list
        default: .text
        }
    }

    /// The default as TOML; nil if there is none, or if saying it isn't the same as leaving it out: `tls = false` turns
    /// TLS off where certificates would turn it on.
    package var defaultValue: String? {
        switch self {
        case .logLevel: "\"info\""
        case .host: "\"127.0.0.1\""
        case .port: "6379"
        case .db: "0"
        default: nil
        }
    }

    /// An example for parameters without a default.
    package var example: String {
        switch self {
        case .id: "\"substation-1\""
        case .metrics: "\"127.0.0.1:9104\""
        case .pwd: "\"secret\""
        case .user: "\"connector\""
        case .socket: "\"/run/redis/redis.sock\""
        case .tls: "true"
        case .tlsCA: "\"/etc/ssl/redis-ca.pem\""
        case .tlsCertificate: "\"/etc/ssl/connector.pem\""
        case .tlsKey: "\"/etc/ssl/connector.key\""
        case .sentinel: "[\"10.0.0.1:26379\", \"10.0.0.2:26379\"]"
        case .primaryName: "\"mymaster\""
        default: defaultValue ?? "\"\""
        }
    }

    /// What the parameter is for, in a sentence without full stop.
    package var help: String {
        switch self {
        case .id: "Names this connector and its keys, connectors:{ID}:... (required)"
        case .logLevel: "trace, debug, info, warning, error, critical or off"
        case .metrics: "HOST:PORT to serve Prometheus metrics on; off if not given"
        case .host: "Host of the store, HOST or HOST:PORT"
        case .port: "Port of the store; overrides one given with the host"
        case .pwd: "Password; better given by the environment, where other users don't see it"
        case .user: "ACL user; the default user if not given"
        case .db: "Database number"
        case .socket: "Path of a UNIX socket, used instead of host and port"
        case .tls: "Encrypt the connection to the store"
        case .tlsCA: "PEM file with the certificates to trust; the system's if not given. Turns TLS on"
        case .tlsCertificate: "PEM file with the client certificate. Turns TLS on"
        case .tlsKey: "PEM file with the key of the client certificate"
        case .sentinel: "HOST:PORT of a sentinel, may be repeated; used instead of host and port"
        case .primaryName: "Name that the sentinels know the primary by"
        }
    }
}
