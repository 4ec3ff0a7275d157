import ArgumentParser
import ConnectorCore

/// Where the store is. The same options follow `redis` in every command.
struct RedisOptions: ParsableArguments {
    @Option(help: .init("\(SettingName.host.help) (default: 127.0.0.1)"))
    var host: String?

    @Option(help: .init("\(SettingName.port.help) (default: 6379)"))
    var port: String?

    @Option(help: .init(SettingName.pwd.help, valueName: "password"))
    var pwd: String?

    @Option(help: .init(stringLiteral: SettingName.user.help))
    var user: String?

    @Option(help: .init("\(SettingName.db.help) (default: 0)", valueName: "number"))
    var db: String?

    @Option(help: .init(SettingName.socket.help, valueName: "path"))
    var socket: String?

    @Flag(help: .init(stringLiteral: SettingName.tls.help))
    var tls = false

    @Option(
        name: .customLong(SettingName.tlsCA.rawValue), help: .init(SettingName.tlsCA.help, valueName: "file"))
    var tlsCA: String?

    @Option(
        name: .customLong(SettingName.tlsCertificate.rawValue),
        help: .init(SettingName.tlsCertificate.help, valueName: "file"))
    var tlsCertificate: String?

    @Option(
        name: .customLong(SettingName.tlsKey.rawValue), help: .init(SettingName.tlsKey.help, valueName: "file"))
    var tlsKey: String?

    @Option(help: .init(SettingName.sentinel.help, valueName: "host:port"))
    var sentinel: [String] = []

    @Option(
        name: .customLong(SettingName.primaryName.rawValue),
        help: .init(SettingName.primaryName.help, valueName: "name"))
    var primaryName: String?

    /// Adds what was given to the layer of the command line.
    func add(to layer: inout SettingsLayer) {
        let texts: [(SettingName, String?)] = [
            (.host, host), (.port, port), (.pwd, pwd), (.user, user), (.db, db), (.socket, socket), (.tlsCA, tlsCA),
            (.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey), (.primaryName, primaryName),
        ]
        for (name, text) in texts { layer[name] = text.map { [$0] } ?? [] }
        if tls { layer[.tls] = ["true"] }
        layer[.sentinel] = sentinel
    }
}
