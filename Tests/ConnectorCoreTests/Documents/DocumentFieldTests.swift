import IEC104Model
import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Fields of data point documents")
struct DocumentFieldTests {
    private func read(_ text: String) throws(PointDocumentFault) -> PointDocument {
        try PointDocument(json: document(text))
    }

    private func fault(_ text: String) -> PointDocumentFault? {
        do throws(PointDocumentFault) {
            _ = try read(text)
            return nil
        } catch {
            return error
        }
    }

    @Test("the example of the specification is read as it says")
    func example() throws {
        let found = try read(
            #"{ "type": 36, "value": 21.5, "quality": [], "cot": 3, "timestamp": "2026-01-15T10:30:00.123Z" }"#)
        var expected = PointDocument()
        (expected.type, expected.value, expected.timestamp) = (.M_ME_TF_1, .number(21.5), moment)
        #expect(found == expected)
    }

    @Test("only the value is needed: the rest is good, spontaneous, without time and address")
    func defaults() throws {
        let found = try read(#"{"value":true}"#)
        #expect(found.value == .bool(true))
        #expect(found.quality == .good)
        #expect(found.cause == .spontaneous)
        #expect(found.timestamp == nil && found.type == nil && found.address == nil)
        #expect(!found.isTransient && !found.isNegative)
    }

    @Test("quality is a list of abbreviations, or the octet")
    func quality() throws {
        for (text, expected) in [
            ("[]", []), ("[\"IV\"]", .invalid), ("[\"NT\"]", .notTopical), ("[\"SB\"]", .substituted),
            ("[\"BL\"]", .blocked),
            ("[\"OV\"]", .overflow), ("[\"EI\"]", .elapsedTimeInvalid), ("[\"iv\",\"nt\"]", [.invalid, .notTopical]),
            ("[\"IV\",\"NT\",\"SB\",\"BL\",\"OV\"]", [.invalid, .notTopical, .substituted, .blocked, .overflow]),
            ("[\"IV\",\"IV\"]", .invalid), ("0", .good), ("128", .invalid), ("192", [.invalid, .notTopical]),
            ("1", .overflow),
            ("240", [.invalid, .notTopical, .substituted, .blocked]), ("null", .good),
        ] as [(String, QualityDescriptor)] {
            #expect(try read("{\"value\":1,\"quality\":\(text)}").quality == expected, "\(text)")
        }
        for text in ["[\"XX\"]", "[\"\"]", "[128]", "[null]", "[[\"IV\"]]", "256", "-1", "1.5", "\"IV\"", "true", "{}"]
        {
            #expect(fault("{\"value\":1,\"quality\":\(text)}")?.field == "quality", "\(text)")
        }
    }

    @Test("reserved bits of a quality octet don't reach the wire")
    func reservedBits() throws {
        #expect(try wire("0", .M_ME_NC_1, fields: "\"quality\":255") == "00 00 00 00 F1")
        #expect(try wire("0", .M_SP_NA_1, fields: "\"quality\":255") == "F0")
        #expect(try read(#"{"value":1,"quality":6}"#).quality == .good)
    }

    @Test("the cause is a number 1...47 or a name, and is kept")
    func cause() throws {
        for number in 1...47 {
            #expect(try read("{\"value\":1,\"cot\":\(number)}").cause.rawValue == UInt8(number))
        }
        for (name, number) in [
            ("spontaneous", 3), ("periodic", 1), ("background", 2), ("request", 5), ("activation-confirmation", 7),
            ("activation-termination", 10), ("return-information-remote", 11), ("return-information-local", 12),
            ("interrogated-by-station", 20), ("interrogated-by-group-16", 36), ("Spontaneous", 3),
        ] as [(String, UInt8)] {
            #expect(try read("{\"value\":1,\"cot\":\"\(name)\"}").cause.rawValue == number, "\(name)")
        }
        for text in [
            "0", "48", "63", "64", "255", "256", "-1", "3.5", "\"\"", "\"often\"", "\"3\"", "true", "[3]", "{}",
        ] {
            #expect(fault("{\"value\":1,\"cot\":\(text)}")?.field == "cot", "\(text)")
        }
    }

    @Test("the timestamp is ISO 8601 with zone, or milliseconds since 1970")
    func timestamp() throws {
        for (text, expected) in [
            ("1768473000123", moment), ("1768473000123.9", moment), ("0", 0), ("-1", -1), ("1.768473000123e12", moment),
            ("\"2026-01-15T10:30:00.123Z\"", moment), ("\"2026-01-15T11:30:00.123+01:00\"", moment),
            ("\"2026-01-15T10:30:00Z\"", moment - 123), ("null", nil), ("253402300799999", 253_402_300_799_999),
        ] as [(String, Int64?)] {
            #expect(try read("{\"value\":1,\"timestamp\":\(text)}").timestamp == expected, "\(text)")
        }
        for text in [
            "\"2026-01-15T10:30:00\"", "\"2026-01-15\"", "\"yesterday\"", "\"\"", "\"1768473000123\"", "true", "[]",
            "{}",
            "253402300800000", "9.2e18", "-9.2e18", "1e300", "1e400", "-62167219200001",
        ] {
            #expect(fault("{\"value\":1,\"timestamp\":\(text)}")?.field == "timestamp", "\(text)")
        }
    }

    @Test("type is a number or a name, casdu and ioa are numbers in their ranges")
    func identification() throws {
        #expect(try read(#"{"value":1,"type":36}"#).type == .M_ME_TF_1)
        #expect(try read(#"{"value":1,"type":"M_ME_TF_1"}"#).type == .M_ME_TF_1)
        #expect(try read(#"{"value":1,"type":46}"#).type == .C_DC_NA_1)
        for text in ["0", "127", "255", "256", "-1", "36.5", "\"36\"", "\"\"", "\"M_XX_NA_1\"", "true", "[]"] {
            #expect(fault("{\"value\":1,\"type\":\(text)}")?.field == "type", "\(text)")
        }
        #expect(try read(#"{"value":1,"casdu":65535,"ioa":16777215}"#).address == PointAddress(65_535, 16_777_215))
        #expect(try read(#"{"value":1,"casdu":0,"ioa":0}"#).address == PointAddress(0, 0))
        #expect(try read(#"{"value":1,"casdu":7}"#).address == nil)
        for (field, texts) in [
            ("casdu", ["65536", "-1", "1.5", "\"1\"", "true", "null"]),
            ("ioa", ["16777216", "-1", "1.5", "\"1\"", "null"]),
        ] {
            for text in texts { #expect(fault("{\"value\":1,\"\(field)\":\(text)}")?.field == field, "\(text)") }
        }
    }

    @Test("negative marks a refusal")
    func negative() throws {
        #expect(try read(#"{"value":1,"negative":true}"#).isNegative)
        #expect(try read(#"{"value":1,"negative":false}"#).isNegative == false)
        #expect(fault(#"{"value":1,"negative":"no"}"#)?.field == "negative")
    }

    @Test("fields that nobody knows are passed over, whatever they hold")
    func unknown() throws {
        let found = try read(
            #"{"unit":"°C","x":{"value":[1,{"type":9}]},"value":5,"y":[[[]]],"z":null,"Value":6,"COT":99}"#)
        #expect(found == (try read(#"{"value":5}"#)))
    }

    @Test("a document that can't be read says why: what is no JSON, and what is another kind of value")
    func unreadable() {
        #expect(fault("")?.description == "not JSON: a value is missing at the end (octet 0)")
        #expect(fault("{\"value\":1,}")?.description.hasPrefix("not JSON: ") == true)
        #expect(fault("{\"value\":1} x")?.description.hasPrefix("not JSON: nothing may follow") == true)
        #expect(fault("{\"x\":\"\\q\",\"value\":1}")?.description.hasPrefix("not JSON: unknown escape") == true)
        for text in ["21.5", "[1]", "\"x\"", "null", "true"] {
            #expect(fault(text)?.description == "an object is expected")
        }
        #expect(fault("{\"value\":{\"a\":1}}")?.description == "value: a value is expected, not an object")
        #expect(fault("{\"value\":[1]}")?.description == "value: a value is expected, not [?]")
        #expect(fault("{\"value\":null}")?.description == "value: a value is expected, not null")
        #expect(fault(String(repeating: "[", count: 1_000_000))?.description == "an object is expected")
        #expect(fault("{\"x\":" + String(repeating: "[", count: 1_000_000))?.description.contains("nested") == true)
    }

    @Test("documents with octets changed at random never do any harm")
    func randomOctets() {
        var generator = SeededGenerator(seed: 36)
        let sample = Array(
            #"{"type":36,"value":-21.5e1,"quality":["IV","NT"],"cot":"periodic","timestamp":"2026-01-15T10:30:00.123+01:00"}"#
                .utf8)
        let clock = StationClock(zone: "Europe/Berlin")
        for _ in 0..<20_000 {
            var octets = sample
            for _ in 0..<Int.random(in: 1..<4, using: &generator) {
                let place = Int.random(in: 0..<octets.count, using: &generator)
                octets[place] =
                    Bool.random(using: &generator)
                    ? UInt8.random(in: 0...255, using: &generator) : sample.randomElement(using: &generator) ?? 0
            }
            guard let document = try? PointDocument(json: ByteBuffer(bytes: octets)) else { continue }
            let time = clock.timeTag(document.timestamp ?? 0)
            for type in [TypeIdentification.M_SP_NA_1, .M_DP_NA_1, .M_ST_NA_1, .M_ME_NB_1, .M_ME_TF_1, .M_IT_NA_1] {
                _ = try? PointConverter(type: type).information(of: document, time: time)
            }
        }
    }
}
