import DataStore
import IEC104Model
import NIOCore
import Testing

@testable import ConnectorCore

@Suite("Documents as fields of a hash or of a stream entry")
struct DocumentTextTests {
    private func read(_ fields: KeyValuePairs<String, String>) throws(PointDocumentFault) -> PointDocument {
        try PointDocument(fields: fields.map { StreamEntry.Field(name: $0.key, value: document($0.value)) })
    }

    private func json(_ text: String) throws -> PointDocument { try PointDocument(json: document(text)) }

    @Test("fields as texts mean what the same fields mean in JSON")
    func same() throws {
        #expect(
            try read([
                "type": "36", "value": "21.5", "quality": "[\"NT\",\"SB\"]", "cot": "20", "casdu": "150", "ioa": "100",
                "timestamp": "2026-01-15T10:30:00.123Z", "transient": "true", "negative": "1",
            ])
                == json(
                    """
                    {"type":36,"value":21.5,"quality":["NT","SB"],"cot":20,"casdu":150,"ioa":100,
                    "timestamp":"2026-01-15T10:30:00.123Z","transient":true,"negative":true}
                    """))
        #expect(
            try read(["type": "M_DP_TB_1", "value": "on", "cot": "periodic", "timestamp": "1768473000123"])
                == json(#"{"type":31,"value":"on","cot":1,"timestamp":1768473000123}"#))
    }

    @Test("names and times are the same whether they are written with escapes or without")
    func escapes() throws {
        #expect(
            try json(
                #"{"\u0076alue":1,"t\u0079pe":36,"cas\u0064u":2,"\u0069oa":3,"timestam\u0070":"2026\u002d01-15T10:30:00.123Z"}"#
            )
                == json(#"{"value":1,"type":36,"casdu":2,"ioa":3,"timestamp":"2026-01-15T10:30:00.123Z"}"#))
    }

    @Test(
        "a name that is nearly that of a field is none",
        arguments: [
            "valu", "values", "Value", "typ", "time", "cot ", "io", "casduu", "transients", "negativ", "wertö", "",
        ])
    func otherNames(name: String) throws {
        #expect(try json(#"{"value":1,"\#(name)":"nobody looks at this"}"#) == json(#"{"value":1}"#))
    }

    @Test(
        "a value as text is what it looks like",
        arguments: [
            ("true", .bool(true)), ("false", .bool(false)), ("1", .number(1)), ("-0.5", .number(-0.5)),
            ("1e3", .number(1000)),
            (" 21.5 ", .number(21.5)), ("21.5\n", .number(21.5)), ("off", .text("off")), ("0x1F", .number(31)),
            ("NaN", .text("NaN")), ("-Infinity", .text("-Infinity")), ("2 1", .text("2 1")), ("1,5", .text("1,5")),
            ("1e400", .number(.greatestFiniteMagnitude)), ("", .text("")), ("open now", .text("open now")),
        ] as [(String, PointDocument.Value)])
    func values(text: String, expected: PointDocument.Value) throws {
        #expect(try read(["value": text]).value == expected)
    }

    @Test("texts for what is not a number become 0 with IV, and digits with blanks between them no number")
    func notNumbers() throws {
        for text in ["NaN", "nan", "Infinity", "-inf"] {
            let information = try PointConverter(type: .M_ME_NC_1).information(
                of: try read(["value": text]), time: CP56Time2a(rawValue: 0))
            #expect(information.value == .shortFloat(0) && information.quality == .invalid, "\(text)")
        }
        for text in ["2 1", "", "1,5", "abc"] {
            #expect(throws: PointDocumentFault.self, "\(text)") {
                try PointConverter(type: .M_ME_NC_1).information(
                    of: try read(["value": text]), time: CP56Time2a(rawValue: 0))
            }
        }
    }

    @Test(
        "quality as text is a list in any common notation, or the octet",
        arguments: [
            ("", .good), ("[]", .good), ("IV", .invalid), ("IV,NT", [.invalid, .notTopical]),
            ("IV, NT", [.invalid, .notTopical]),
            ("[\"IV\", \"NT\"]", [.invalid, .notTopical]), ("IV|OV", [.invalid, .overflow]),
            ("iv nt", [.invalid, .notTopical]),
            ("192", [.invalid, .notTopical]), ("0", .good), (" 128 ", .invalid),
        ] as [(String, QualityDescriptor)])
    func quality(text: String, expected: QualityDescriptor) throws {
        #expect(try read(["value": "1", "quality": text]).quality == expected)
    }

    @Test("wrong texts are refused, and the field is named")
    func refused() {
        for (name, texts) in [
            ("quality", ["XX", "256", "IVNT", "I V"]), ("cot", ["0", "48", "often", ""]), ("type", ["0", "x", ""]),
            ("casdu", ["-1", "65536", "1.5", "x", ""]), ("ioa", ["16777216", ""]),
            ("timestamp", ["yesterday", "2026-01-15T10:30:00", ""]), ("transient", ["perhaps"]), ("negative", ["2"]),
        ] {
            for text in texts {
                do throws(PointDocumentFault) {
                    _ = try PointDocument(fields: [StreamEntry.Field(name: name, value: document(text))])
                    Issue.record("\(name) \(text) was taken")
                } catch {
                    #expect(error.field == name, "\(text)")
                }
            }
        }
    }

    @Test("a field data holds the document; further fields beside it don't count")
    func data() throws {
        let expected = try json(#"{"casdu":1,"ioa":2,"value":5}"#)
        #expect(try read(["data": #"{"casdu":1,"ioa":2,"value":5}"#]) == expected)
        #expect(try read(["source": "mqtt", "data": #"{"casdu":1,"ioa":2,"value":5}"#, "casdu": "9"]) == expected)
        #expect(throws: PointDocumentFault.self) { try read(["data": "5"]) }
        #expect(throws: PointDocumentFault.self) { try read(["data": ""]) }
    }

    @Test("fields that nobody knows are passed over, and data is one of them where the value stands beside it")
    func unknown() throws {
        let expected = try json(#"{"casdu":1,"ioa":2,"value":5}"#)
        #expect(try read(["casdu": "1", "unit": "V", "ioa": "2", "value": "5", "": "x"]) == expected)
        #expect(try read(["casdu": "1", "ioa": "2", "value": "5", "data": "raw"]) == expected)
        #expect(try read([:]) == PointDocument())
    }

    @Test("octets that are no UTF-8 do no harm")
    func octets() throws {
        let field = StreamEntry.Field(name: "value", value: ByteBuffer(bytes: [0xFF, 0xFE, 0x31]))
        #expect(try PointDocument(fields: [field]).value == .text("\u{FFFD}\u{FFFD}1"))
    }
}
