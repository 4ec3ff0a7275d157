import Foundation
import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("JSON, what strings and numbers mean")
struct JSONScalarTests {
    private func string(_ octets: [UInt8]) throws -> String? {
        let value = try JSONValue(ByteBuffer(bytes: octets))
        if case .string(let text) = value.content { return text }
        return nil
    }

    private func number(_ text: String) throws -> Double? {
        let value = try JSONValue(document(text))
        if case .number(let number) = value.content { return number }
        return nil
    }

    @Test(
        "resolves every escape",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "A\u{e9}\u{20ac}"),
            (#""\u0000""#, "\0"), (#""\ud83d\ude00""#, "\u{1F600}"),
            (#""\uD800\uDC00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
            (#""a\u0062c""#, "abc"), ("\"Umspannwerk Süd ⚡️\"", "Umspannwerk Süd ⚡️"),
            (#""\uFFFF\uFEFF""#, "\u{FFFF}\u{FEFF}"),
        ])
    func escapes(text: String, expected: String) throws {
        let found = try string(Array(text.utf8))
        #expect(found.map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
    }

    @Test(
        "refuses escapes that don't exist, and halves of surrogate pairs",
        arguments: [
            #""\a""#, #""\x41""#, #""\u""#, #""\u12""#, #""\u12G4""#, #""\u+123""#, #""\u-123""#, #""\u 123""#,
            #""\U0041""#,
            #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83d\u0041""#, #""\ude00\ud83d""#,
            #""\ud83d\ud83d""#,
            #""\"#, #""\""#, "\"\t\"", "\"\n\"", "\"\u{1F}\"", "\"\u{0}\"", #""a\u00""#,
        ])
    func badEscapes(text: String) {
        #expect(throws: JSONFault.self) { try string(Array(text.utf8)) }
    }

    @Test(
        "refuses octets that are no UTF-8, in texts and in names",
        arguments: [
            [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82],
        ] as [[UInt8]])
    func badUTF8(octets: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONFault.self) { try string([quote] + octets + [quote]) }
        #expect(throws: JSONFault.self) { try string(Array("\"\\n".utf8) + octets + [quote]) }
        #expect(throws: JSONFault.self) {
            try JSONValue(ByteBuffer(bytes: Array("{\"".utf8) + octets + Array("\":1}".utf8)))
        }
    }

    @Test(
        "reads each number as the nearest there is",
        arguments: [
            ("0", 0), ("0.1", 0.1), ("0.3", 0.3), ("1e308", 1e308), ("-1e308", -1e308), ("1E2", 100), ("1e+2", 100),
            ("1e-2", 0.01), ("1.5", 1.5), ("-0.5", -0.5), ("123456789012345", 123_456_789_012_345),
            ("1.23456789012345", 1.23456789012345), ("0.00000000000001", 1e-14),
            ("0.1234567890123456789", 0.1234567890123456789),
            ("9007199254740992", 9_007_199_254_740_992), ("9007199254740993", 9_007_199_254_740_992),
            ("9007199254740991", 9_007_199_254_740_991), ("123456789012345678901234567890", 1.2345678901234568e29),
            ("999999999999999", 999_999_999_999_999), ("99999999999999.9", 99_999_999_999_999.9),
            ("2.2250738585072014e-308", 2.2250738585072014e-308), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
            ("1.7976931348623157e308", 1.7976931348623157e308), ("21.7", 21.7), ("100000000000000000000", 1e20),
        ] as [(String, Double)])
    func numbers(text: String, expected: Double) throws {
        #expect(try number(text) == expected)
        #expect(try number("-" + text.drop { $0 == "-" }) == -expected.magnitude)
    }

    @Test("agrees with the system's reader on numbers at random, of any length")
    func randomNumbers() throws {
        var generator = SeededGenerator(seed: 60870)
        for _ in 0..<20_000 {
            let whole = String(
                UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0..<64, using: &generator))
            var text = whole
            if Bool.random(using: &generator) {
                text +=
                    "."
                    + (0..<Int.random(in: 1..<20, using: &generator)).map { _ in
                        String(Int.random(in: 0...9, using: &generator))
                    }.joined()
            }
            if Bool.random(using: &generator) { text += "e\(Int.random(in: -330...300, using: &generator))" }
            #expect(try number(text) == strtod(text, nil), "\(text)")
        }
    }

    @Test("minus zero keeps its sign")
    func minusZero() throws {
        for text in ["-0", "-0.0", "-0e0"] { #expect(try number(text)?.sign == .minus) }
        #expect(try number("0")?.sign == .plus)
    }
}
