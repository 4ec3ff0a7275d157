import DataStore
import Foundation
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
        guard !id.contains(where: { $0.isWhitespace || $0 == "{" || $0 == "}" }) else {
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
            if let text = layer.text(name) { return (layer, text) }
        }
        return nil
    }

    /// Makes sure that the files that are named are there: a name that is wrong should show at the start, not as a store
    /// that is out of reach.
    ///
    /// - Throws: `SettingsFault` naming option and file.
    package func requireFiles() throws(SettingsFault) {
        let files = [
            (SettingName.tlsCA, store.tls?.caFile), (.tlsCertificate, store.tls?.certificateFile),
            (.tlsKey, store.tls?.keyFile),
        ]
        for (name, path) in files {
            if let path, access(path, R_OK) != 0 {
                throw SettingsFault("\(name.flag): \(path) can't be read: \(String(cString: strerror(errno)))")
            }
        }
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
        var (isPlaceKnown, isHostKnown, isPortKnown) = (false, false, false)
        for layer in layers {
            let host = try layer.text(.host).map { text throws(SettingsFault) in try layer.hostAndPort(text, of: .host)
            }
            var sentinels: [StoreConfiguration.Endpoint] = []
            for text in layer[.sentinel] { sentinels.append(try layer.endpoint(text, of: .sentinel)) }
            // Socket and sentinels replace host and port, unless a more important source names a host.
            let socket = layer.text(.socket)
            if !isPlaceKnown {
                (store.socketPath, store.sentinels) = (socket, sentinels)
                isPlaceKnown = host != nil || socket != nil || !sentinels.isEmpty
            }
            if let port = try layer.integer(.port), !isPortKnown { (store.endpoint.port, isPortKnown) = (port, true) }
            // A port that comes with a host counts where the host does.
            if let host, !isHostKnown {
                (store.endpoint.host, isHostKnown) = (host.host, true)
                if let port = host.port, !isPortKnown { (store.endpoint.port, isPortKnown) = (port, true) }
            }
        }
        store.password = first(.pwd, in: layers).map { Secret($0.1) }
        store.user = first(.user, in: layers)?.1
        store.primaryName = first(.primaryName, in: layers)?.1
        for layer in layers.reversed() { store.database = try layer.integer(.db) ?? store.database }
        store.tls = try tls(layers)
        guard store.user == nil || store.password != nil else {
            throw SettingsFault("\(SettingName.user.flag): a user needs a password, \(SettingName.pwd.flag)")
        }
        guard store.sentinels.isEmpty || store.primaryName != nil else {
            throw SettingsFault(
                "\(SettingName.sentinel.flag): the name of the primary is missing, \(SettingName.primaryName.flag)")
        }
        guard store.primaryName == nil || layers.contains(where: { !$0[.sentinel].isEmpty }) else {
            throw SettingsFault(
                "\(SettingName.primaryName.flag): no sentinel is named that knows it, \(SettingName.sentinel.flag)")
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
        // The most important source that says anything about it decides.
        for layer in layers {
            if let isOn = try layer.flag(.tls) { return isOn ? files : nil }
            if layer.text(.tlsCA) != nil || layer.text(.tlsCertificate) != nil { return files }
        }
        return nil
    }
}
