import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Configuration and mapping in force")
struct ServedDocumentsTests {
    private func port(_ number: Int) -> ByteBuffer { document("{\"network\":{\"port\":\(number)}}") }
    private func mapping(_ address: Int) -> ByteBuffer {
        document("{\"points\":[{\"casdu\":1,\"ioa\":\(address),\"type\":1}]}")
    }

    @Test("a valid configuration replaces the one before, an invalid one doesn't")
    func configuration() {
        var documents = ServedDocuments(id: "a")
        var outcome = documents.take(configuration: port(2405))
        #expect(outcome.isTaken && !outcome.isUnchanged && outcome.faults.isEmpty)
        #expect(documents.configuration?.network.port == 2405)

        outcome = documents.take(configuration: port(80))
        #expect(!outcome.isTaken && !outcome.isUnchanged)
        #expect(outcome.faults.places == ["error network.port"])
        #expect(documents.configuration?.network.port == 2405)
        #expect(documents.configurationFault?.hasPrefix("config 1:20: error: network.port: ") == true)

        outcome = documents.take(configuration: port(2406))
        #expect(outcome.isTaken)
        #expect(documents.configuration?.network.port == 2406)
        #expect(documents.configurationFault == nil)

        outcome = documents.take(configuration: document("{"))
        #expect(!outcome.isTaken)
        #expect(documents.configuration?.network.port == 2406)
        #expect(documents.configurationFault?.contains("not JSON") == true)

        outcome = documents.take(configuration: port(2406))
        #expect(outcome.isTaken && !outcome.isUnchanged, "the same text as before the invalid one counts as new")
        #expect(documents.configurationFault == nil)
    }

    @Test("a valid mapping replaces the one before, an invalid one doesn't")
    func mappings() {
        var documents = ServedDocuments(id: "a")
        #expect(documents.take(mapping: mapping(1)).isTaken)
        #expect(!documents.take(mapping: document("{\"points\":[{}]}")).isTaken)
        #expect(documents.mapping?.points.map(\.address) == [PointAddress(1, 1)])
        #expect(documents.mappingFault?.hasSuffix("(and 2 more)") == true)
        #expect(documents.take(mapping: mapping(2)).isTaken)
        #expect(documents.mapping?.points.map(\.address) == [PointAddress(1, 2)])
        #expect(documents.mappingFault == nil)
        #expect(!documents.take(mapping: document("")).isTaken)
        #expect(documents.mapping?.points.map(\.address) == [PointAddress(1, 2)])
    }

    @Test("the same text again does nothing, good or bad")
    func unchanged() {
        var documents = ServedDocuments(id: "a")
        for (text, isTaken) in [(port(2405), true), (port(80), false)] {
            #expect(documents.take(configuration: text).isTaken == isTaken)
            for _ in 0..<2 {
                let again = documents.take(configuration: text)
                #expect(again.isUnchanged && again.isTaken == isTaken && again.faults.isEmpty)
            }
        }
        #expect(documents.take(mapping: nil).isUnchanged == false)
        #expect(documents.take(mapping: nil).isUnchanged)
        #expect(documents.take(mapping: mapping(1)).isUnchanged == false)
        #expect(documents.take(mapping: mapping(1)).isUnchanged)
    }

    @Test("without documents the defaults are in force and the whole image is served")
    func absent() {
        var documents = ServedDocuments(id: "a")
        #expect(!documents.isUsable && !documents.isConfigurationPresent && !documents.isMappingPresent)
        #expect(documents.take(configuration: nil).isTaken)
        #expect(!documents.isUsable, "the mapping hasn't been read")
        #expect(documents.take(mapping: nil).isTaken)
        #expect(documents.isUsable && !documents.isConfigurationPresent && !documents.isMappingPresent)
        #expect(documents.configuration == ConnectorConfiguration(id: "a"))
        #expect(documents.mapping == nil)
    }

    @Test("a deleted document means the defaults, or the whole image, again")
    func deleted() {
        var documents = ServedDocuments(id: "a")
        _ = documents.take(configuration: port(2405))
        _ = documents.take(mapping: mapping(1))
        #expect(documents.isConfigurationPresent && documents.isMappingPresent)
        #expect(documents.take(configuration: nil).isTaken)
        #expect(documents.configuration?.network.port == 2404)
        #expect(!documents.isConfigurationPresent && documents.isMappingPresent)
        #expect(documents.take(mapping: nil).isTaken)
        #expect(documents.mapping == nil)
        #expect(documents.isUsable && !documents.isConfigurationPresent && !documents.isMappingPresent)
    }

    @Test("an invalid document that is deleted leaves no fault behind")
    func deletedFault() {
        var documents = ServedDocuments(id: "a")
        _ = documents.take(configuration: port(80))
        _ = documents.take(mapping: document("[]"))
        #expect(!documents.isUsable)
        #expect(documents.configurationFault != nil && documents.mappingFault != nil)
        _ = documents.take(configuration: nil)
        _ = documents.take(mapping: nil)
        #expect(documents.isUsable)
        #expect(documents.configurationFault == nil && documents.mappingFault == nil)
    }

    @Test("nothing runs until both documents have been usable once")
    func unusable() {
        var documents = ServedDocuments(id: "a")
        _ = documents.take(configuration: port(2405))
        _ = documents.take(mapping: document("{}"))
        #expect(!documents.isUsable && documents.isConfigurationPresent)
        _ = documents.take(mapping: mapping(1))
        #expect(documents.isUsable)
        _ = documents.take(mapping: document("{}"))
        #expect(documents.isUsable, "the previous one runs on")
    }

    @Test("an unknown field is a warning, and the document is taken")
    func unknownField() {
        var documents = ServedDocuments(id: "a")
        let outcome = documents.take(configuration: document("{\"future\":1,\"name\":\"n\"}"))
        #expect(outcome.isTaken)
        #expect(outcome.faults.places == ["warning future"])
        #expect(documents.configuration?.name == "n")
        #expect(documents.configurationFault == nil)
    }
}
