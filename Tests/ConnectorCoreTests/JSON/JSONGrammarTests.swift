import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("JSON, what is taken and what is refused")
struct JSONGrammarTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(document(text)) }

    private func fault(_ octets: [UInt8]) -> JSONFault? {
        do throws(JSONFault) {
            _ = try JSONValue(ByteBuffer(bytes: octets))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "takes every form that RFC 8259 knows",
        arguments: [
            "null", "true", "false", "0", "-1", "1.5e3", "\"\"", "[]", "{}", " \t\r\n[ ] \n", "[1,2]", "[ 1 , 2 ]",
            "{\"a\":1}", "{ \"a\" : 1 , \"b\" : [ { } ] }", "[[[[]]]]", "{\"\":null}", "[\"\u{7F}\u{2028}\"]",
        ])
    func accepted(text: String) {
        #expect(fault(Array(text.utf8)) == nil)
    }

    @Test(
        "refuses what only looks like JSON",
        arguments: [
            "", " ", "[1,]", "{\"a\":1,}", "[,1]", "[1 2]", "{\"a\" 1}", "{\"a\":}", "{a:1}", "{'a':1}", "{1:2}", "[",
            "{", "]", "}", "[1", "{\"a\":1", "1 2", "[] []", "true false", "tru", "TRUE", "nul", "truefalse",
            "// c\n1", "/**/1", "[1]#", "NaN", "Infinity", "-Infinity", "undefined", "\u{FEFF}1", "[1]\u{0}",
            "\u{A0}1", "[\u{C}1]", "{\"a\":1 \"b\":2}", "{\"a\"}", "{,}",
        ])
    func refused(text: String) {
        #expect(fault(Array(text.utf8)) != nil)
    }

    @Test(
        "refuses numbers that the grammar doesn't know",
        arguments: [
            "01", "-01", "00", "+1", "-", "1.", ".5", "-.5", "1e", "1e+", "1E-", "1.e3", "0x10", "1_000", "--1",
            "1e1.5", "- 1", "1f", "0b1", "1.5.2", "1ee3", "\u{0661}",
        ])
    func refusedNumbers(text: String) {
        #expect(fault(Array(text.utf8)) != nil)
        #expect(fault(Array("[\(text)]".utf8)) != nil)
    }

    @Test("takes 64 levels of arrays or objects and refuses one more, so that no text exhausts the stack")
    func nesting() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let inner = open == "[" ? "" : "{}"
            let levels = open == "[" ? 64 : 63
            let limit = String(repeating: open, count: levels) + inner + String(repeating: close, count: levels)
            #expect(fault(Array(limit.utf8)) == nil)
            let beyond = fault(Array((open + limit + close).utf8))
            #expect(beyond?.message == "nested more than 64 deep")
        }
        #expect(fault([UInt8](repeating: UInt8(ascii: "["), count: 2_000_000))?.message == "nested more than 64 deep")
    }

    @Test("skipping a value is as strict about depth and grammar as reading it")
    func skipping() {
        for (text, isFine) in [
            ("[1,{\"a\":\"\\u00e9\"},null]", true), ("[1,]", false), ("{\"a\":01}", false), ("\"\\x\"", false),
            (String(repeating: "[", count: 100_000), false),
        ] {
            let isSkipped = document(text).withUnsafeReadableBytes { octets in
                var scanner = JSONScanner(octets)
                do {
                    try scanner.skip()
                    try scanner.finish()
                    return true
                } catch {
                    return false
                }
            }
            #expect(isSkipped == isFine, "\(text.prefix(40))")
        }
    }

    @Test(
        "a fault tells the octet it is about",
        arguments: [
            ("[1,]", 3), ("{\"a\":1,}", 7), ("[1 2]", 3), ("[01]", 1), ("\"ab", 0), ("\"a\\x\"", 3), ("[true, tru]", 7),
            ("1 x", 2), ("[\"a\nb\"]", 3), ("", 0), ("  ", 2),
        ])
    func offsets(text: String, offset: Int) {
        #expect(fault(Array(text.utf8))?.offset == offset)
    }

    @Test("members keep their order, their names' places and their values' places")
    func places() throws {
        guard case .object(let members) = try parse("{ \"a\": 1,\n  \"b\":  [true] }").content else {
            Issue.record("not an object")
            return
        }
        #expect(members.map(\.name) == ["a", "b"])
        #expect(members.map(\.nameOffset) == [2, 12])
        #expect(members.map(\.value.offset) == [7, 18])
    }

    @Test("octets at random, and documents with octets changed at random, never do any harm")
    func randomOctets() {
        var generator = SeededGenerator(seed: 104)
        let alphabet = Array("{}[]\",:\\ntruefalsu0123456789.eE+-/ \n".utf8)
        for round in 0..<20_000 {
            let length = Int.random(in: 0..<40, using: &generator)
            let octets = (0..<length).map { _ in
                round.isMultiple(of: 2)
                    ? UInt8.random(in: 0...255, using: &generator) : alphabet.randomElement(using: &generator) ?? 0
            }
            if let fault = fault(octets) { #expect(0...octets.count ~= fault.offset) }
        }
        let sample = Array("{\"points\":[{\"casdu\":1,\"ioa\":\"\\ud83d\\ude00\",\"type\":-1.5e-3}],\"ü\":null}".utf8)
        for _ in 0..<20_000 {
            var octets = sample
            octets[Int.random(in: 0..<octets.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            octets.removeLast(Int.random(in: 0..<4, using: &generator))
            if let fault = fault(octets) { #expect(0...octets.count ~= fault.offset) }
        }
    }
}
