import DataStore
import Testing

@testable import ConnectorCore

/// The three sources, each given as the fields that it sets.
struct Sources {
    var commandLine: [SettingName: [String]] = [:]
    var environment: [String: String] = [:]
    var file = ""

    func settings() throws(SettingsFault) -> StartupSettings {
        var layer = SettingsLayer.commandLine()
        for (name, texts) in commandLine { layer[name] = texts }
        return try StartupSettings([
            layer, .environment(environment), try SettingsFile.layer(file, name: "connector.toml"),
        ])
    }

    /// The text of the fault; nil if there is none.
    var fault: String? {
        do throws(SettingsFault) {
            _ = try settings()
            return nil
        } catch {
            return error.description
        }
    }
}

@Suite("Parameters from command line, environment and file")
struct SettingsPrecedenceTests {
    /// A parameter with three values that differ, and what of the settings shows it.
    struct Parameter: Sendable, CustomTestStringConvertible {
        let name: SettingName
        let values: [String]
        var standard: String
        /// What else has to be said for it to be taken.
        var companions: [SettingName: [String]] = [:]
        let shown: @Sendable (StartupSettings) -> String
        var testDescription: String { name.rawValue }
    }

    static let parameters: [Parameter] = [
        Parameter(name: .logLevel, values: ["debug", "error", "trace"], standard: "info") {
            $0.logLevel?.rawValue ?? "off"
        },
        Parameter(name: .metrics, values: ["m1:1", "m2:2", "m3:3"], standard: "") { $0.metrics?.description ?? "" },
        Parameter(name: .host, values: ["h1", "h2", "h3"], standard: "127.0.0.1") { $0.store.endpoint.host },
        Parameter(name: .port, values: ["1001", "1002", "1003"], standard: "6379") { String($0.store.endpoint.port) },
        Parameter(name: .pwd, values: ["p1", "p2", "p3"], standard: "") { $0.store.password?.reveal ?? "" },
        Parameter(name: .user, values: ["u1", "u2", "u3"], standard: "", companions: [.pwd: ["p"]]) {
            $0.store.user ?? ""
        },
        Parameter(name: .db, values: ["1", "2", "3"], standard: "0") { String($0.store.database) },
        Parameter(name: .socket, values: ["/s1", "/s2", "/s3"], standard: "") { $0.store.socketPath ?? "" },
        Parameter(name: .tlsCA, values: ["c1", "c2", "c3"], standard: "") { $0.store.tls?.caFile ?? "" },
        Parameter(name: .tlsCertificate, values: ["c1", "c2", "c3"], standard: "", companions: [.tlsKey: ["k"]]) {
            $0.store.tls?.certificateFile ?? ""
        },
        Parameter(name: .tlsKey, values: ["k1", "k2", "k3"], standard: "", companions: [.tlsCertificate: ["c"]]) {
            $0.store.tls?.keyFile ?? ""
        },
        Parameter(name: .sentinel, values: ["s1:1", "s2:2", "s3:3"], standard: "", companions: [.primaryName: ["m"]]) {
            $0.store.sentinels.map(\.description).joined(separator: ",")
        },
        Parameter(
            name: .primaryName, values: ["m1", "m2", "m3"], standard: "", companions: [.sentinel: ["s:1"]]
        ) { $0.store.primaryName ?? "" },
    ]

    private func toml(_ name: SettingName, _ value: String) -> String {
        let text: String
        switch name.form {
        case .integer, .flag: text = value
        case .text: text = "\"\(value)\""
        case .list: text = "[\"\(value)\"]"
        }
        return name.isOfStore ? "[redis]\n\(name.rawValue) = \(text)\n" : "\(name.rawValue) = \(text)\n"
    }

    @Test("the command line comes first, then the environment, then the file, then the default", arguments: parameters)
    func order(parameter: Parameter) throws {
        let name = parameter.name
        var sources = Sources(commandLine: parameter.companions.merging([.id: ["a"]]) { $1 })
        #expect(try parameter.shown(Sources(commandLine: [.id: ["a"]]).settings()) == parameter.standard)
        sources.file = toml(name, parameter.values[2])
        #expect(try parameter.shown(sources.settings()) == parameter.values[2])
        sources.environment[name.environment] = parameter.values[1]
        #expect(try parameter.shown(sources.settings()) == parameter.values[1])
        sources.commandLine[name] = [parameter.values[0]]
        #expect(try parameter.shown(sources.settings()) == parameter.values[0])
        sources.file = ""
        sources.environment = [:]
        #expect(try parameter.shown(sources.settings()) == parameter.values[0])
    }

    @Test("the id follows the same order, and is required")
    func id() throws {
        #expect(Sources().fault?.hasPrefix("--id is missing") == true)
        #expect(Sources(commandLine: [.id: [""]]).fault?.hasPrefix("--id is missing") == true)
        var sources = Sources(file: "id = \"c\"")
        #expect(try sources.settings().id == "c")
        sources.environment["IEC104_ID"] = "b"
        #expect(try sources.settings().id == "b")
        sources.commandLine[.id] = ["a"]
        #expect(try sources.settings().id == "a")
        #expect(try sources.settings().store.clientName == "iec104-connector:a")
        for id in ["a b", "a\n", "a\r\n", "{ID}", "a\t"] {
            #expect(Sources(commandLine: [.id: [id]]).fault?.hasPrefix("--id: ") == true, "\(id)")
        }
    }

    @Test("every parameter but the configuration file has a variable of its own, and all of them are documented names")
    func variables() {
        #expect(
            SettingName.allCases.map(\.environment) == [
                "IEC104_ID", "IEC104_LOG_LEVEL", "IEC104_METRICS", "REDIS_HOST", "REDIS_PORT", "REDIS_PWD",
                "REDIS_USER",
                "REDIS_DB", "REDIS_SOCKET", "REDIS_TLS", "REDIS_TLS_CA", "REDIS_TLS_CERT", "REDIS_TLS_KEY",
                "REDIS_SENTINELS", "REDIS_MASTER_NAME",
            ])
    }

    @Test("an empty variable counts as not set")
    func empty() throws {
        let environment = Dictionary(uniqueKeysWithValues: SettingName.allCases.map { ($0.environment, "") })
        let settings = try Sources(commandLine: [.id: ["a"]], environment: environment).settings()
        let plain = try Sources(commandLine: [.id: ["a"]]).settings()
        #expect(settings.store == plain.store)
        #expect(settings.logLevel == .info)
        #expect(settings.metrics == nil)
        #expect(
            try Sources(commandLine: [.id: ["a"], .pwd: [""]], file: "[redis]\npwd=\"p\"").settings().store.password
                == Secret("p"))
    }

    @Test("every variable reaches the settings")
    func allVariables() throws {
        let settings = try Sources(environment: [
            "IEC104_ID": "a", "IEC104_LOG_LEVEL": "off", "IEC104_METRICS": "[::1]:9104", "REDIS_HOST": "h",
            "REDIS_PORT": "7",
            "REDIS_PWD": "p", "REDIS_USER": "u", "REDIS_DB": "2", "REDIS_TLS": "true", "REDIS_TLS_CA": "ca",
            "REDIS_TLS_CERT": "cert", "REDIS_TLS_KEY": "key", "REDIS_SENTINELS": "s1:1, s2:2", "REDIS_MASTER_NAME": "m",
        ]).settings()
        #expect(settings.id == "a")
        #expect(settings.logLevel == nil)
        #expect(settings.metrics?.description == "[::1]:9104")
        #expect(settings.store.endpoint == .init(host: "h", port: 7))
        #expect(settings.store.password == Secret("p"))
        #expect(settings.store.user == "u")
        #expect(settings.store.database == 2)
        #expect(settings.store.tls == .init(caFile: "ca", certificateFile: "cert", keyFile: "key"))
        #expect(settings.store.sentinels == [.init(host: "s1", port: 1), .init(host: "s2", port: 2)])
        #expect(settings.store.primaryName == "m")
        #expect(try Sources(environment: ["IEC104_ID": "a", "REDIS_SOCKET": "/s"]).settings().store.socketPath == "/s")
    }
}
