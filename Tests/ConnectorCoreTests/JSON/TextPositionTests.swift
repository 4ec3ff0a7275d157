import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Places in a text")
struct TextPositionTests {
    private func position(_ offset: Int, in text: String) -> String {
        let starts = document(text).withUnsafeReadableBytes { TextPosition.lineStarts(in: $0) }
        return TextPosition(offset: offset, lineStarts: starts).description
    }

    @Test(
        "are counted from 1, lines by line feeds, columns by octets",
        arguments: [
            (0, "1:1"), (2, "1:3"), (3, "2:1"), (4, "3:1"), (5, "3:2"), (6, "3:3"), (8, "4:1"),
        ])
    func counting(offset: Int, expected: String) {
        #expect(position(offset, in: "ab\n\nüx\n{") == expected)
    }

    @Test("exist in an empty text and behind the end")
    func edges() {
        #expect(position(0, in: "") == "1:1")
        #expect(position(2, in: "a\n") == "2:1")
        #expect(position(9, in: "a\nb") == "2:8")
    }

    @Test("a fault of the grammar is shown with line and column")
    func grammar() {
        let faults = ConnectorConfiguration.read(document("{\n  \"name\": \"x\",\n}"), id: "a", unknownFields: .error)
            .faults
        #expect(
            faults.map(\.description) == ["3:1: error: not JSON: a name in quotes is expected, not \"}\""])
    }
}
