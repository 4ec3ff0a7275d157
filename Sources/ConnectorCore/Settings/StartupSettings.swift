import DataStore
import Logging

/// Everything the program is started with.
package struct StartupSettings: Sendable {
    /// Names the connector and its keys.
    package var id: String
    /// Nil: nothing is logged.
    package var logLevel: Logger.Level?
    /// Where metrics are served; nil: nowhere.
    package var metrics: StoreConfiguration.Endpoint?
    package var store: StoreConfiguration

    /// Puts the sources together; what an earlier one says takes precedence.
    ///
    /// - Parameter layers: from the most to the least important.
    /// - Throws: `SettingsFault` naming the place of the first value that can't be used.
    package init(_ layers: [SettingsLayer]) throws(SettingsFault) {
        guard let (idLayer, id) = Self.first(.id, in: layers) else {
            throw SettingsFault("--id is missing: it names the connector and its keys, connectors:{ID}:...")
        }
        guard !id.contains(where: { $0 == " " || $0 == "\n" || $0 == "{" || $0 == "}" }) else {
            throw idLayer.fault(.id, "an id without spaces and braces is expected, not \"\(id)\"")
        }
        self.id = id
        logLevel = try Self.logLevel(layers)
        metrics = nil
        if let (layer, text) = Self.first(.metrics, in: layers) { metrics = try layer.endpoint(text, of: .metrics) }
        store = try Self.store(layers)
        store.clientName = "iec104-connector:\(id)"
    }

    private static func first(_ name: SettingName, in layers: [SettingsLayer]) -> (SettingsLayer, String)? {
        for layer in layers {
            if let text = layer.text(name), !text.isEmpty { return (layer, text) }
        }
        return nil
    }

    private static func logLevel(_ layers: [SettingsLayer]) throws(SettingsFault) -> Logger.Level? {
        guard let (layer, text) = first(.logLevel, in: layers) else { return .info }
        if text == "off" { return nil }
        // "notice" is a level of the library that this product doesn't have.
        guard let level = Logger.Level(rawValue: text), level != .notice else {
            throw layer.fault(.logLevel, "\(SettingName.logLevel.help) is expected, not \"\(text)\"")
        }
        return level
    }

    /// The store alone, for programs that need no id.
    package static func store(_ layers: [SettingsLayer]) throws(SettingsFault) -> StoreConfiguration {
        var store = StoreConfiguration()
        // A port that comes with a host counts as much as the host, so the least important layer goes first.
        for layer in layers.reversed() {
            if let host = layer.text(.host) {
                let parsed = try layer.hostAndPort(host, of: .host)
                store.endpoint.host = parsed.host
                if let port = parsed.port { store.endpoint.port = port }
            }
            if let port = try layer.integer(.port) { store.endpoint.port = port }
            if let password = layer.text(.pwd) { store.password = Secret(password) }
            if let user = layer.text(.user) { store.user = user }
            if let database = try layer.integer(.db) { store.database = database }
            if let socket = layer.text(.socket) { store.socketPath = socket }
            if let name = layer.text(.primaryName) { store.primaryName = name }
            if !layer[.sentinel].isEmpty {
                var sentinels: [StoreConfiguration.Endpoint] = []
                for text in layer[.sentinel] { sentinels.append(try layer.endpoint(text, of: .sentinel)) }
                store.sentinels = sentinels
            }
        }
        store.tls = try tls(layers)
        guard store.user == nil || store.password != nil else {
            throw SettingsFault("\(SettingName.user.flag): a user needs a password, \(SettingName.pwd.flag)")
        }
        guard store.sentinels.isEmpty || store.primaryName != nil else {
            throw SettingsFault(
                "\(SettingName.sentinel.flag): the name of the primary is missing, \(SettingName.primaryName.flag)")
        }
        return store
    }

    private static func tls(_ layers: [SettingsLayer]) throws(SettingsFault) -> StoreConfiguration.TLS? {
        let files = StoreConfiguration.TLS(
            caFile: first(.tlsCA, in: layers)?.1, certificateFile: first(.tlsCertificate, in: layers)?.1,
            keyFile: first(.tlsKey, in: layers)?.1)
        guard (files.certificateFile == nil) == (files.keyFile == nil) else {
            throw SettingsFault("--tls-cert and --tls-key belong together: one of them is missing")
        }
        for layer in layers {
            if let isOn = try layer.flag(.tls) { return isOn ? files : nil }
        }
        return files.caFile == nil && files.certificateFile == nil ? nil : files
    }
}
