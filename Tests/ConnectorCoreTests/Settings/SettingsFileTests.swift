import DataStore
import Testing

@testable import ConnectorCore

@Suite("Parameters in a TOML file")
struct SettingsFileTests {
    private func fault(_ text: String) -> String? { Sources(commandLine: [.id: ["a"]], file: text).fault }

    @Test("the generated file is read without a fault and says the defaults")
    func template() throws {
        let plain = try Sources(commandLine: [.id: ["a"]]).settings()
        let settings = try Sources(commandLine: [.id: ["a"]], file: SettingsFile.template).settings()
        #expect(settings.store == plain.store)
        #expect(settings.logLevel == plain.logLevel)
        #expect(settings.metrics == plain.metrics)
    }

    @Test("the generated file explains every parameter, with flag and variable")
    func complete() {
        let lines = SettingsFile.template.split(separator: "\n").map(String.init)
        for name in SettingName.allCases {
            #expect(
                lines.contains { $0.hasPrefix("\(name.rawValue) = ") || $0.hasPrefix("#\(name.rawValue) = ") },
                "\(name)")
            #expect(lines.contains("# \(name.help)."))
            #expect(lines.contains("# Flag \(name.flag), environment \(name.environment)."))
        }
    }

    @Test("the generated file is valid with every parameter put in force")
    func uncommented() throws {
        let text = SettingsFile.template.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#" ? line.dropFirst() : line
        }.joined(separator: "\n")
        let settings = try Sources(file: text).settings()
        #expect(settings.id == "substation-1")
        #expect(settings.metrics?.description == "127.0.0.1:9104")
        #expect(settings.store.tls?.keyFile == "/etc/ssl/connector.key")
    }

    @Test("everything can come from the file alone, in tables, dotted and quoted keys")
    func alone() throws {
        for text in [
            "id = \"a\"\n[redis]\nhost = \"h:1\"\ndb = 2", "id = \"a\"\nredis.host = \"h:1\"\nredis.db = 2",
            "\"id\" = 'a'\n[\"redis\"]\n'host' = \"h:1\"\n\"db\" = 2", "id = \"a\"\nredis = { host = \"h:1\", db = 2 }",
            "id = \"a\"\r\n[redis]\r\nhost = \"h:1\"\r\ndb = 2\r\n",
        ] {
            let settings = try Sources(file: text).settings()
            #expect(settings.id == "a")
            #expect(settings.store.endpoint == .init(host: "h", port: 1))
            #expect(settings.store.database == 2)
        }
    }

    @Test(
        "an unknown key is an error with file, line, key and the nearest name",
        arguments: [
            ("prot = 1", "1: unknown key prot"),
            ("\n\nhost = \"h\"", "3: unknown key host; did you mean \"redis.host\"?"),
            ("[redis]\nprot = 1", "2: unknown key redis.prot; did you mean \"redis.port\"?"),
            (
                "# a\nid = \"b\"\n\n[redis]\n# port = 1\nport = 1\nhots = \"h\"",
                "7: unknown key redis.hots; did you mean \"redis.host\"?"
            ),
            ("redis.port = 1\nredis.prot = 2", "2: unknown key redis.prot; did you mean \"redis.port\"?"),
            ("id = \"b\"\n\"log-levle\" = \"info\"", "2: unknown key log-levle; did you mean \"log-level\"?"),
            ("[redis]\nport = 1\n[redis.tls]\nca = \"x\"", "3: redis.tls: true or false is expected, not a table"),
            ("id = \"b\"\n[redsi]\nport = 1", "2: unknown key redsi"),
            ("id = \"b\"\n[a.b.c]\nx = 1", "2: unknown key a"),
            ("id = \"b\"\nredis = { port = 1, prot = 2 }", "2: unknown key redis.prot; did you mean \"redis.port\"?"),
            (
                "id = \"b\"\r\n\r\n[redis]\r\nport = 1\r\nprot = 2\r\n",
                "5: unknown key redis.prot; did you mean \"redis.port\"?"
            ),
            ("\"redis.port\" = 1", "1: unknown key redis.port; did you mean \"redis.port\"?"),
            ("[redis]\nid = \"b\"", "2: unknown key redis.id; did you mean \"id\"?"),
            ("[redis]\nlog-level = \"info\"", "2: unknown key redis.log-level"),
            ("\n  [ redis ]\n  \"a=b\" = 1", "3: unknown key redis.a=b"),
        ])
    func unknown(text: String, expected: String) throws {
        let found = try #require(fault(text))
        #expect(found.hasPrefix("connector.toml:\(expected)"), "\(found)")
    }

    @Test(
        "a value of the wrong type is an error with file, line and key",
        arguments: [
            ("id = 5", "1: id: a string is expected, not an integer"),
            ("\nlog-level = true", "2: log-level: a string is expected, not a bool"),
            ("[redis]\nport = \"6379\"", "2: redis.port: a whole number 1...65535 is expected, not a string"),
            ("[redis]\nport = 6379.0", "2: redis.port: a whole number 1...65535 is expected, not a "),
            ("[redis]\nhost = 1", "2: redis.host: a string is expected, not an integer"),
            ("redis.tls = \"true\"", "1: redis.tls: true or false is expected, not a string"),
            ("redis.tls = 1", "1: redis.tls: true or false is expected, not an integer"),
            ("redis.sentinel = \"s:1\"", "1: redis.sentinel: an array of strings is expected, not a string"),
            ("redis.sentinel = [\"s:1\", 5]", "1: redis.sentinel: an array of strings is expected, not an array"),
            ("id = \"b\"\nredis = 5", "2: redis: a table [redis] is expected"),
            ("id = \"b\"\n\n[[redis]]\nport = 1", "3: redis: a table [redis] is expected"),
            ("id = 2026-01-15T10:30:00Z", "1: id: a string is expected, not a"),
            ("id = \"b\"\r\n[redis]\r\ndb = \"x\"\r\n", "3: redis.db: a whole number"),
        ])
    func wrongTypes(text: String, expected: String) throws {
        let found = try #require(fault(text))
        #expect(found.hasPrefix("connector.toml:\(expected)"), "\(found)")
    }

    @Test(
        "a value out of range is an error with file, line and key",
        arguments: [
            ("[redis]\n\nport = 0", "3: redis.port: a whole number 1...65535 is expected, not \"0\""),
            ("[redis]\nport = 65536", "2: redis.port: a whole number 1...65535"),
            ("redis.db = -1", "1: redis.db: a whole number"),
            ("log-level = \"loud\"", "1: log-level: trace, debug"),
            ("\n\nmetrics = \"x\"", "3: metrics: HOST:PORT is expected"),
        ])
    func ranges(text: String, expected: String) throws {
        let found = try #require(fault(text))
        #expect(found.hasPrefix("connector.toml:\(expected)"), "\(found)")
    }

    @Test("a text that is no TOML is an error with its line")
    func noTOML() throws {
        for (text, line) in [("id = \"b\"\nport 1", 2), ("[redis", 1), ("id = \"b\"\n\nid = \"c\"", 3), ("= 1", 1)] {
            #expect(try #require(fault(text)).hasPrefix("connector.toml:\(line): not TOML: "))
        }
    }
}
