import DataStore
import Testing

@testable import ConnectorCore

@Suite("TLS, users and passwords")
struct SettingsSecurityTests {
    private func tls(
        _ commandLine: [SettingName: [String]] = [:], environment: [String: String] = [:], file: String = ""
    ) throws -> StoreConfiguration.TLS? {
        try Sources(commandLine: commandLine.merging([.id: ["a"]]) { $1 }, environment: environment, file: file)
            .settings().store.tls
    }

    @Test("TLS is on where somebody says so, or gives certificates")
    func turnedOn() throws {
        #expect(try tls() == nil)
        #expect(try tls([.tls: ["true"]]) == .init())
        #expect(try tls([.tlsCA: ["ca"]]) == .init(caFile: "ca"))
        #expect(try tls([.tlsCertificate: ["c"], .tlsKey: ["k"]]) == .init(certificateFile: "c", keyFile: "k"))
        #expect(try tls(environment: ["REDIS_TLS": "1"]) == .init())
        #expect(try tls(file: "redis.tls = true") == .init())
    }

    @Test("the most important source that says anything about TLS decides")
    func order() throws {
        #expect(try tls([.tls: ["true"]], file: "redis.tls = false") == .init())
        #expect(try tls([.tlsCA: ["ca"]], file: "redis.tls = false") == .init(caFile: "ca"))
        #expect(try tls(environment: ["REDIS_TLS_CA": "ca"], file: "redis.tls = false") == .init(caFile: "ca"))
        #expect(try tls(environment: ["REDIS_TLS": "false"], file: "redis.tls-ca = \"ca\"") == nil)
        #expect(try tls(environment: ["REDIS_TLS": "no", "REDIS_TLS_CA": "ca"]) == nil)
        #expect(try tls([.tls: ["true"]], environment: ["REDIS_TLS_CA": "ca"]) == .init(caFile: "ca"))
    }

    @Test("the generated file doesn't keep certificates from turning TLS on")
    func template() throws {
        #expect(try tls(environment: ["REDIS_TLS_CA": "ca"], file: SettingsFile.template) == .init(caFile: "ca"))
        let edited = SettingsFile.template.replacing("#tls-ca = ", with: "tls-ca = ")
        #expect(try tls(file: edited) == .init(caFile: "/etc/ssl/redis-ca.pem"))
    }

    @Test("certificate and key belong together")
    func halves() {
        for name in [SettingName.tlsCertificate, .tlsKey] {
            #expect(Sources(commandLine: [.id: ["a"], name: ["f"]]).fault?.contains("belong together") == true)
        }
    }

    @Test("what is neither true nor false is refused")
    func words() {
        #expect(
            Sources(commandLine: [.id: ["a"]], environment: ["REDIS_TLS": "perhaps"]).fault
                == "environment variable REDIS_TLS: true or false is expected, not \"perhaps\"")
    }

    @Test("a user needs a password, from whichever source")
    func user() throws {
        #expect(Sources(commandLine: [.id: ["a"], .user: ["u"]]).fault?.contains("--pwd") == true)
        let store = try Sources(commandLine: [.id: ["a"], .user: ["u"]], environment: ["REDIS_PWD": "p"]).settings()
            .store
        #expect(store.user == "u" && store.password == Secret("p"))
    }

    @Test("a password shows nowhere: not in settings, not in layers, described or dumped")
    func hidden() throws {
        let secret = "geheim4711"
        var layer = SettingsLayer.commandLine()
        layer[.id] = ["a"]
        layer[.pwd] = [secret]
        layer[.host] = ["h"]
        let environment = SettingsLayer.environment(["REDIS_PWD": secret])
        let file = try SettingsFile.layer("redis.pwd = \"\(secret)\"", name: "f")
        let settings = try StartupSettings([layer, environment, file])
        #expect(settings.store.password?.reveal == secret)
        for value in [layer, environment, file, settings, settings.store] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(describing: value), String(reflecting: value), dumped] {
                #expect(!text.contains("geheim"))
                #expect(text.contains("***"))
            }
        }
        #expect("\(layer)".contains("host=h"))
    }

    @Test(
        "no error shows a password, or a part of one",
        arguments: [
            "pwd = geheim", "pwd = \"geheim", "pwd = \"geheim\"x", "pwd = \"ge\\qheim\"", "pwd = truegeheim",
            "pwd = 12geheim",
            "pwd = [geheim]", "pwd = [\"geheim\"]", "pwd = 'geheim", "pwd = { a = \"geheim\" }", "pwd = infgeheim",
            "pwd = \"geheim\"\npwd = \"geheim\"", "pwd = \"geheim\"\nport = \"x\"", "pwd = \"geheim\"\nuser = 1",
            "pwd = \"geheim\"\ntls-key = \"k\"", "pwd = \"geheim\"\nsentinel = [\"s:1\"]", "pwd \"geheim\"",
        ])
    func faults(line: String) throws {
        let fault = try #require(Sources(commandLine: [.id: ["a"]], file: "[redis]\n\(line)\n").fault)
        #expect(!["geh", "heim", "trueg", "infg"].contains { fault.contains($0) }, "\(fault)")
    }

    @Test(
        "a password inside a URL given as host shows in no error",
        arguments: [
            "redis://:geheim@datastore:6379", ":geheim@datastore:6379", "user:geheim@datastore",
        ])
    func urls(text: String) throws {
        for name in [SettingName.host, .metrics, .sentinel] {
            let fault = try #require(Sources(commandLine: [.id: ["a"], name: [text], .primaryName: ["m"]]).fault)
            #expect(fault == "\(name.flag): HOST or HOST:PORT is expected, not a URL")
        }
    }
}
