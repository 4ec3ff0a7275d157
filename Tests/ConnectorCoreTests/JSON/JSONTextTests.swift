import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("JSON that the connector writes")
struct JSONTextTests {
    private func written(_ body: (inout JSONText) -> Void) -> String {
        var text = JSONText()
        text.object(body)
        return String(buffer: text.octets)
    }

    @Test("is as short as it gets, with commas where they belong")
    func form() {
        let text = written {
            $0.field("a", "x")
            $0.field("b", 1)
            $0.field("c", true)
            $0.field("d", 1.5)
            $0.field("e", ["p", "q"])
            $0.field("f", [])
            $0.object("g") { $0.field("h", Float(0.1)) }
            $0.object("i") { _ in }
            $0.array("j", [1, 2]) { $0.field("n", $1) }
            $0.field("k", Int64.min)
        }
        #expect(
            text == """
                {"a":"x","b":1,"c":true,"d":1.5,"e":["p","q"],"f":[],"g":{"h":0.1},"i":{},"j":[{"n":1},{"n":2}],\
                "k":-9223372036854775808}
                """)
    }

    @Test("escapes quotes, backslashes and control characters, and leaves the rest alone")
    func escapes() {
        #expect(
            written { $0.field("\"", "\\\n\r\t\u{1}\u{1F}\u{0}/ü\u{1F600}") }
                == "{\"\\\"\":\"\\\\\\n\\r\\t\\u0001\\u001f\\u0000/ü\u{1F600}\"}")
    }

    @Test("writes null for what is not a number, and minus zero as it is")
    func notFinite() {
        let text = written {
            $0.field("a", Double.nan)
            $0.field("b", -Double.infinity)
            $0.field("c", Float.infinity)
            $0.field("d", -0.0)
        }
        #expect(text == "{\"a\":null,\"b\":null,\"c\":null,\"d\":-0.0}")
    }

    @Test("takes over JSON that is there already, and null for what isn't JSON")
    func raw() {
        let text = written {
            $0.rawField("a", json: "[{\"b\":1}]")
            $0.rawField("c", json: "[}")
            $0.rawField("d", json: "1,\"e\":2")
            $0.field("f", 1)
        }
        #expect(text == "{\"a\":[{\"b\":1}],\"c\":null,\"d\":null,\"f\":1}")
    }

    @Test("reads back as what was written, for texts and numbers at random")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 2404)
        for _ in 0..<2_000 {
            let scalars = (0..<Int.random(in: 0..<20, using: &generator)).compactMap { _ in
                Unicode.Scalar(
                    UInt32.random(in: 0...(Bool.random(using: &generator) ? 0x7F : 0x10FFFF), using: &generator))
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            let number = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
            let octets = written {
                $0.field(text, text)
                $0.field("number", number)
            }
            guard case .object(let members) = try JSONValue(document(octets)).content, members.count == 2,
                case .string(let name) = members[0].value.content
            else {
                Issue.record("not what was written: \(octets)")
                return
            }
            #expect(members[0].name.unicodeScalars.elementsEqual(scalars))
            #expect(name.unicodeScalars.elementsEqual(scalars))
            switch members[1].value.content {
            case .number(let read): #expect(read == number && read.sign == number.sign)
            case .null: #expect(!number.isFinite)
            default: Issue.record("neither number nor null")
            }
        }
    }
}
