import IEC104Link
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("The configuration, field by field")
struct ConfigurationDefaultsTests {
    private func read(_ text: String) -> (configuration: ConnectorConfiguration?, faults: [DocumentFault]) {
        ConnectorConfiguration.read(document(text), id: "substation-1", unknownFields: .error)
    }

    /// The document of the specification, in which every field has its default.
    private let written = """
        {
          "name": "",
          "network":  { "host": "0.0.0.0", "port": 2404, "maxConnections": 1 },
          "protocol": { "t1": 15, "t2": 10, "t3": 20, "k": 12, "w": 8 },
          "streams":  { "input": "process:updates", "output": "connectors:{ID}:output",
                        "error": "connectors:{ID}:error" },
          "commands": { "confirmation": "store", "timeout": 10, "selectTimeout": 10, "maxAge": 30, "enabled": true,
                        "allow": [] },
          "interrogation": { "timeTags": false },
          "events":   { "buffer": 100000 },
          "time":     { "zone": "UTC", "acceptClockSync": false }
        }
        """

    @Test("an empty object, empty sections, and every default written out mean the same")
    func defaults() throws {
        let (configuration, faults) = read("{}")
        #expect(faults.isEmpty)
        #expect(read(written).faults.isEmpty)
        #expect(read(written).configuration == configuration)
        let sections = ["network", "protocol", "streams", "commands", "interrogation", "events", "time"]
        let empty = read("{" + sections.map { "\"\($0)\":{}" }.joined(separator: ",") + "}")
        #expect(empty.faults.isEmpty)
        #expect(empty.configuration == configuration)
        #expect(configuration == ConnectorConfiguration(id: "substation-1"))
    }

    @Test("the defaults are those of the specification")
    func values() throws {
        let configuration = try #require(read("{}").configuration)
        #expect(configuration.name.isEmpty)
        #expect(configuration.network.host == "0.0.0.0")
        #expect(configuration.network.port == 2404)
        #expect(configuration.network.maxConnections == 1)
        #expect(configuration.link.t1 == .seconds(15))
        #expect(configuration.link.t2 == .seconds(10))
        #expect(configuration.link.t3 == .seconds(20))
        #expect(configuration.link.k == 12)
        #expect(configuration.link.w == 8)
        #expect(configuration.streams.input == "process:updates")
        #expect(configuration.streams.output == "connectors:substation-1:output")
        #expect(configuration.streams.error == "connectors:substation-1:error")
        #expect(configuration.commands.confirmation == .store)
        #expect(configuration.commands.timeout == 10)
        #expect(configuration.commands.selectTimeout == 10)
        #expect(configuration.commands.maxAge == 30)
        #expect(configuration.commands.enabled)
        #expect(configuration.commands.allow.isEmpty)
        #expect(!configuration.interrogation.timeTags)
        #expect(configuration.events.buffer == 100_000)
        #expect(configuration.time.zone == "UTC")
        #expect(!configuration.time.acceptClockSync)
    }

    @Test("every field is taken over")
    func taken() throws {
        let (found, faults) = read(
            """
            { "name": "Umspannwerk Süd", "network": { "host": "10.0.0.7", "port": 2410, "maxConnections": 7 },
              "protocol": { "t1": 30, "t2": 20, "t3": 40, "k": 100, "w": 60 },
              "streams": { "input": "in", "output": "{ID}:out:{ID}", "error": "err" },
              "commands": { "confirmation": "process", "timeout": 1, "selectTimeout": 2, "maxAge": 3, "enabled": false,
                            "allow": ["10.0.0.0/8", "::1"] },
              "interrogation": { "timeTags": true }, "events": { "buffer": 5 },
              "time": { "zone": "Europe/Berlin", "acceptClockSync": true } }
            """)
        #expect(faults.isEmpty)
        let configuration = try #require(found)
        #expect(configuration.name == "Umspannwerk Süd")
        #expect(configuration.network.host == "10.0.0.7")
        #expect(configuration.network.port == 2410)
        #expect(configuration.network.maxConnections == 7)
        #expect(configuration.link == LinkParameters(t1: 30, t2: 20, t3: 40, k: 100, w: 60))
        #expect(configuration.streams.input == "in")
        #expect(configuration.streams.output == "substation-1:out:substation-1")
        #expect(configuration.streams.error == "err")
        #expect(configuration.commands.confirmation == .process)
        #expect(configuration.commands.timeout == 1)
        #expect(configuration.commands.selectTimeout == 2)
        #expect(configuration.commands.maxAge == 3)
        #expect(!configuration.commands.enabled)
        #expect(configuration.commands.allow.map(\.description) == ["10.0.0.0/8", "::1"])
        #expect(configuration.interrogation.timeTags)
        #expect(configuration.events.buffer == 5)
        #expect(configuration.time.zone == "Europe/Berlin")
        #expect(configuration.time.acceptClockSync)
    }

    @Test("one field alone leaves its neighbours at their defaults")
    func single() throws {
        let configuration = try #require(read(#"{"protocol":{"k":20},"network":{"maxConnections":100}}"#).configuration)
        #expect(configuration.link == LinkParameters(k: 20))
        #expect(configuration.network.port == 2404)
        #expect(configuration.network.maxConnections == 100)
    }
}
