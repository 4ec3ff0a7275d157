import DataStore
import Testing

@testable import ConnectorCore

@Suite("Where the store is")
struct SettingsPlaceTests {
    private func location(
        _ commandLine: [SettingName: [String]], environment: [String: String] = [:], file: String = ""
    ) throws -> String {
        try Sources(commandLine: commandLine.merging([.id: ["a"]]) { $1 }, environment: environment, file: file)
            .settings().store.location
    }

    @Test(
        "a host may carry a port; an IPv6 address does so in brackets",
        arguments: [
            ("datastore", "datastore:6379"), ("datastore:6380", "datastore:6380"), ("10.0.0.7", "10.0.0.7:6379"),
            ("10.0.0.7:1", "10.0.0.7:1"), ("::1", "[::1]:6379"), ("fe80::1:2:3", "[fe80::1:2:3]:6379"),
            ("[::1]", "[::1]:6379"), ("[::1]:6380", "[::1]:6380"), ("[fe80::1%eth0]:65535", "[fe80::1%eth0]:65535"),
        ])
    func hosts(text: String, expected: String) throws {
        #expect(try location([.host: [text]]) == expected)
        #expect(try location([:], environment: ["REDIS_HOST": text]) == expected)
        #expect(try location([:], file: "redis.host = \"\(text)\"") == expected)
    }

    @Test(
        "what is no host and port is refused, and the parameter is named",
        arguments: [
            ":6379", "datastore:", "datastore:x", "datastore:0", "datastore:65536", "datastore:-1", "datastore:+1",
            "[]",
            "[]:1", "[::1", "[::1]x", "[::1]:", "[::1]6379", "redis://datastore", "datastore/0",
        ])
    func notHosts(text: String) {
        #expect(Sources(commandLine: [.id: ["a"], .host: [text]]).fault?.hasPrefix("--host: ") == true)
        #expect(
            Sources(commandLine: [.id: ["a"]], environment: ["REDIS_HOST": text]).fault?
                .hasPrefix("environment variable REDIS_HOST: ") == true)
        #expect(
            Sources(commandLine: [.id: ["a"]], file: "[redis]\n\nhost = \"\(text)\"").fault?
                .hasPrefix("connector.toml:3: redis.host: ") == true)
    }

    @Test("a port of its own overrides one that comes with the host of the same source")
    func portOverHost() throws {
        #expect(try location([.host: ["h:1"], .port: ["2"]]) == "h:2")
        #expect(try location([:], environment: ["REDIS_HOST": "h:1", "REDIS_PORT": "2"]) == "h:2")
        #expect(try location([:], file: "[redis]\nport = 2\nhost = \"h:1\"") == "h:2")
    }

    @Test("a port counts by the importance of its source, and one that came with a host goes with that host")
    func portsAcrossSources() throws {
        #expect(try location([.host: ["h:1"]], environment: ["REDIS_PORT": "2"]) == "h:1")
        #expect(try location([.port: ["1"]], environment: ["REDIS_HOST": "h:2"]) == "h:1")
        #expect(try location([.host: ["h"]], environment: ["REDIS_PORT": "2"]) == "h:2")
        #expect(try location([.host: ["h"]], environment: ["REDIS_HOST": "g:2"]) == "h:6379")
        #expect(
            try location([.host: ["h"]], environment: ["REDIS_HOST": "g:2"], file: "redis.port = 3") == "h:3")
        #expect(try location([:], environment: ["REDIS_HOST": "g:2"], file: "redis.port = 3") == "g:2")
    }

    @Test("port and database are whole numbers in their ranges")
    func numbers() {
        for (name, texts) in [
            (SettingName.port, ["0", "65536", "-1", "x", "6379.0", " 6379"]), (.db, ["-1", "x", "1.5"]),
        ] {
            for text in texts {
                #expect(
                    Sources(commandLine: [.id: ["a"], name: [text]]).fault?.hasPrefix("\(name.flag): a whole number")
                        == true)
            }
        }
    }

    @Test("a socket or sentinels are used instead of the host of the same or a less important source")
    func sockets() throws {
        #expect(try location([.socket: ["/s"], .host: ["h"]]) == "/s")
        #expect(try location([.socket: ["/s"]], file: "[redis]\nhost = \"h\"\nport = 1") == "/s")
        #expect(
            try location([.sentinel: ["s:1", "t:2"], .primaryName: ["m"]], environment: ["REDIS_HOST": "h"])
                == "m by sentinels s:1, t:2")
        #expect(
            try location([.socket: ["/s"]], environment: ["REDIS_SENTINELS": "s:1", "REDIS_MASTER_NAME": "m"]) == "/s")
    }

    @Test("a host is used instead of the socket or the sentinels of a less important source")
    func hostOverSocket() throws {
        #expect(try location([.host: ["h"]], file: "redis.socket = \"/s\"") == "h:6379")
        #expect(try location([.host: ["h"]], environment: ["REDIS_SOCKET": "/s"]) == "h:6379")
        #expect(
            try location([.host: ["h"]], file: "[redis]\nsentinel = [\"s:1\"]\nmaster-name = \"m\"") == "h:6379")
        #expect(
            try location([.sentinel: ["s:1"], .primaryName: ["m"]], file: "redis.socket = \"/s\"")
                == "m by sentinels s:1")
    }

    @Test("sentinels need ports and the name of the primary")
    func sentinels() {
        #expect(Sources(commandLine: [.id: ["a"], .sentinel: ["s:1"]]).fault?.contains("--master-name") == true)
        for text in ["s", "s:", "s:0", ":1", "::1"] {
            let fault = Sources(commandLine: [.id: ["a"], .sentinel: [text], .primaryName: ["m"]]).fault
            #expect(fault?.hasPrefix("--sentinel: ") == true, "\(text)")
        }
    }

    @Test("the name of a primary needs sentinels, be it that a more important source names a host instead")
    func primaryWithoutSentinels() throws {
        #expect(
            Sources(commandLine: [.id: ["a"], .primaryName: ["m"]]).fault?.hasPrefix("--master-name: no sentinel")
                == true)
        let settings = try Sources(
            commandLine: [.id: ["a"], .host: ["h"]], environment: ["REDIS_SENTINELS": "s:1", "REDIS_MASTER_NAME": "m"]
        ).settings()
        #expect(settings.store.location == "h:6379")
    }

    @Test("metrics need an address and a port")
    func metrics() {
        for text in ["9104", "localhost", "localhost:", ":9104", "localhost:x"] {
            #expect(
                Sources(commandLine: [.id: ["a"], .metrics: [text]]).fault?.hasPrefix("--metrics: ") == true, "\(text)")
        }
    }

    @Test("a log level is one of the documented words", arguments: ["INFO", "notice", "warn", "verbose", "5"])
    func logLevels(text: String) throws {
        #expect(
            Sources(commandLine: [.id: ["a"], .logLevel: [text]]).fault
                == "--log-level: trace, debug, info, warning, error, critical or off is expected, not \"\(text)\"")
        for level in ["trace", "debug", "info", "warning", "error", "critical"] {
            let settings = try Sources(commandLine: [.id: ["a"], .logLevel: [level]]).settings()
            #expect(settings.logLevel?.rawValue == level)
        }
        #expect(try Sources(commandLine: [.id: ["a"], .logLevel: ["off"]]).settings().logLevel == nil)
    }
}
