import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Faults of the configuration")
struct ConfigurationFaultTests {
    private func faults(
        _ text: String, unknownFields: DocumentFault.Severity = .error
    ) -> [DocumentFault] {
        ConnectorConfiguration.read(document(text), id: "a", unknownFields: unknownFields).faults
    }

    @Test(
        "each field refuses every other kind of value",
        arguments: [
            ("name", ["1", "true", "null", "[]", "{}"]),
            ("network.host", ["1", "true", "null", "[]", "{}"]),
            ("commands.confirmation", ["\"both\"", "\"Store\"", "\"\"", "1", "true", "null", "[]", "{}"]),
            ("commands.enabled", ["1", "0", "\"true\"", "null", "[]", "{}"]),
            ("commands.allow", ["\"10.0.0.1\"", "1", "true", "null", "{}"]),
            ("interrogation.timeTags", ["1", "\"false\"", "null", "[]", "{}"]),
            ("time.acceptClockSync", ["0", "\"no\"", "null", "[]", "{}"]),
            ("time.zone", ["1", "true", "null", "[]", "{}"]),
            ("network", ["1", "true", "null", "[]", "\"\""]), ("protocol", ["1", "true", "null", "[]", "\"\""]),
            ("streams", ["1", "true", "null", "[]", "\"\""]), ("commands", ["1", "true", "null", "[]", "\"\""]),
            ("interrogation", ["1", "true", "null", "[]"]), ("events", ["1", "true", "null", "[]"]),
            ("time", ["1", "true", "null", "[]", "\"UTC\""]),
        ])
    func kinds(path: String, values: [String]) {
        for value in values {
            let parts = path.split(separator: ".")
            let member = parts.reversed().reduce(value) { "{\"\($1)\":\($0)}" }
            #expect(faults(member).places == ["error \(path)"], "\(member)")
        }
    }

    @Test("who may command is told by addresses and ranges; each wrong one is named")
    func allow() {
        #expect(faults(#"{"commands":{"allow":["10.0.0.1","10.0.0.0/8","fe80::/10","::1","0.0.0.0/0"]}}"#).isEmpty)
        #expect(
            faults(#"{"commands":{"allow":["10.0.0.1", "10.0.0.0/33", 5, "host", "", "1.2.3", "::/129", null]}}"#)
                .places
                == (1...7).map { "error commands.allow[\($0)]" })
    }

    @Test("an unknown field is named by its path, with the nearest known name")
    func unknown() throws {
        let text = #"{"nmae":"x","network":{"prot":2404,"q":1},"protocol":{"t0":30},"future":{"deep":{"er":[1]}}}"#
        let found = faults(text)
        #expect(
            found.places == [
                "error network.prot", "error network.q", "error protocol.t0", "error nmae", "error future",
            ])
        #expect(found.messages(at: "network.prot") == ["unknown field; did you mean \"port\"?"])
        #expect(found.messages(at: "nmae") == ["unknown field; did you mean \"name\"?"])
        #expect(found.messages(at: "future") == ["unknown field"])
        #expect(found.messages(at: "protocol.t0")[0].contains("did you mean \"t"))
    }

    @Test("an unknown field is a warning where the document runs, and the rest is applied")
    func unknownWarning() throws {
        let (configuration, found) = ConnectorConfiguration.read(
            document(#"{"nmae":"x","network":{"port":2405,"prot":1}}"#), id: "a", unknownFields: .warning)
        #expect(found.places == ["warning network.prot", "warning nmae"])
        #expect(try #require(configuration).network.port == 2405)
    }

    @Test("all faults are told at once, with severity, path and place")
    func allAtOnce() {
        let found = faults(
            """
            { "name": 5,
              "network": { "port": 80, "maxConnections": 0, "hots": "x" },
              "protocol": { "t1": 5, "t2": 6, "t3": 0, "k": 2, "w": 3 },
              "streams": { "input": "", "output": "y", "error": "y" },
              "commands": { "confirmation": "?", "timeout": 0, "allow": ["x"] },
              "interrogation": { "timeTags": 1 },
              "events": { "buffer": 0 },
              "time": { "zone": "?" } }
            """)
        #expect(
            found.map { "\($0.position) \($0.path)" }.sorted() == [
                "1:11 name", "2:24 network.port", "2:46 network.maxConnections", "2:49 network.hots",
                "3:32 protocol.t2", "3:41 protocol.t3", "3:57 protocol.w", "4:25 streams.input", "4:53 streams.error",
                "5:33 commands.confirmation", "5:49 commands.timeout", "5:62 commands.allow[0]",
                "6:34 interrogation.timeTags", "7:25 events.buffer", "8:21 time.zone",
            ])
        #expect(found.allSatisfy { $0.severity == .error })
    }

    @Test("a fault is shown in one line, for people and editors")
    func shown() {
        #expect(
            faults("{\n  \"network\": { \"port\": 80 }\n}").map(\.description)
                == ["2:24: error: network.port: a whole number 2404...2420 is expected, not 80"])
    }

    @Test(
        "a text without content, or that is no object, is one fault",
        arguments: [
            ("", "1:1: error: the document is empty"), (" \n\t", "1:1: error: the document is empty"),
            ("[]", "1:1: error: an object is expected, not an array"),
            (" null", "1:2: error: an object is expected, not null"),
            ("\n7", "2:1: error: an object is expected, not 7"),
            ("{", "1:2: error: not JSON: a name in quotes is expected, not the end"),
        ])
    func noObject(text: String, expected: String) {
        let (configuration, found) = ConnectorConfiguration.read(document(text), id: "a", unknownFields: .warning)
        #expect(configuration == nil)
        #expect(found.map(\.description) == [expected])
    }

    @Test("a field that is there twice is an error, whichever way unknown fields count")
    func twice() {
        for severity in [DocumentFault.Severity.error, .warning] {
            #expect(faults(#"{"name":"a","name":"b"}"#, unknownFields: severity).places == ["error name"])
            #expect(
                faults(#"{"network":{"port":2404,"port":2405}}"#, unknownFields: severity).places
                    == ["error network.port"])
        }
    }
}
