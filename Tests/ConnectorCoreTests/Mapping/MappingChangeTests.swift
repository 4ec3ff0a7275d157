import DataStore
import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("A change of mapping")
struct MappingChangeTests {
    private func mapping(_ points: String) throws -> PointMapping {
        try #require(PointMapping.read(document("{\"points\":[\(points)]}"), unknownFields: .error).mapping)
    }

    @Test("image keys are those of the monitored points")
    func keys() throws {
        let mapping = try mapping(
            #"{"casdu":150,"ioa":100,"type":36},{"casdu":2,"ioa":16777215,"type":1},{"casdu":1,"ioa":7,"type":45}"#)
        #expect(
            Set(mapping.imageKeys.map(\.description))
                == ["process:image:casdu:150:ioa:100", "process:image:casdu:2:ioa:16777215"])
    }

    @Test("keys are read again where the same document means something else now, and only there")
    func differences() throws {
        let before = try mapping(
            #"{"casdu":1,"ioa":1,"type":13},{"casdu":1,"ioa":2,"type":13},{"casdu":1,"ioa":3,"type":1},"#
                + #"{"casdu":1,"ioa":4,"type":13},{"casdu":1,"ioa":5,"type":13},{"casdu":1,"ioa":6,"type":13}"#)
        let after = try mapping(
            #"{"casdu":1,"ioa":1,"type":13,"scale":2},{"casdu":1,"ioa":2,"type":36},"#
                + #"{"casdu":1,"ioa":3,"type":1,"invert":true},{"casdu":1,"ioa":4,"type":13,"name":"x","deadband":1},"#
                + #"{"casdu":1,"ioa":5,"type":50},{"casdu":1,"ioa":7,"type":13}"#)
        #expect(after.keysReadDifferently(than: before).map(\.objectAddress).sorted() == [1, 2, 3])
        #expect(after.keysReadDifferently(than: after).isEmpty)
        #expect(after.keysReadDifferently(than: nil).isEmpty)
    }

    @Test("the summary counts what is served")
    func summary() throws {
        #expect(try mapping("").summary == "0 points monitored, 0 commands, common addresses none")
        #expect(
            try mapping(#"{"casdu":2,"ioa":1,"type":13},{"casdu":1,"ioa":1,"type":45},{"casdu":1,"ioa":2,"type":46}"#)
                .summary
                == "1 point monitored, 2 commands, common addresses 1, 2")
        let many = (1...10).map { "{\"casdu\":\($0),\"ioa\":1,\"type\":13}" }.joined(separator: ",")
        #expect(
            try mapping(many).summary
                == "10 points monitored, 0 commands, common addresses 1, 2, 3, 4, 5, 6, 7, 8, ...")
    }
}
