import IEC104Model
import Testing

@testable import ConnectorCore

@Suite("Values of data point documents, by type")
struct ValueFormTests {
    @Test(
        "single points are true, false, 0 or 1",
        arguments: [TypeIdentification.M_SP_NA_1, .M_SP_TB_1])
    func singlePoint(type: TypeIdentification) throws {
        for text in ["true", "1", "1.0", "\"on\"", "\"ON\""] {
            #expect(try convert(text, type).value == .singlePoint(true), "\(text)")
        }
        for text in ["false", "0", "-0", "0e5", "\"off\""] {
            #expect(try convert(text, type).value == .singlePoint(false), "\(text)")
        }
        for text in ["2", "-1", "0.5", "\"true\"", "\"1\"", "\"\"", "\"intermediate\"", "null", "[1]", "{}", "\"NaN\""]
        {
            #expect(isRefused(text, type), "\(text)")
        }
    }

    @Test("double points are 0...3 or words", arguments: [TypeIdentification.M_DP_NA_1, .M_DP_TB_1])
    func doublePoint(type: TypeIdentification) throws {
        for (texts, state) in [
            (["0", "\"intermediate\"", "\"Intermediate\""], DoublePointState.intermediate),
            (["1", "\"off\"", "\"OFF\"", "1.0"], .off), (["2", "\"on\""], .on),
            (["3", "\"indeterminate\""], .indeterminate),
        ] {
            for text in texts { #expect(try convert(text, type).value == .doublePoint(state), "\(text)") }
        }
        for text in ["4", "-1", "1.5", "\"open\"", "\"2\"", "\"\"", "null", "[]", "{}", "1e400"] {
            #expect(isRefused(text, type), "\(text)")
        }
    }

    @Test("step positions are -64...63, and may be moving", arguments: [TypeIdentification.M_ST_NA_1, .M_ST_TB_1])
    func stepPosition(type: TypeIdentification) throws {
        for number in [-64, -1, 0, 5, 63] {
            #expect(try convert("\(number)", type).value == .stepPosition(Int8(number), transient: false))
            #expect(
                try convert("\(number)", type, fields: "\"transient\":true").value
                    == .stepPosition(Int8(number), transient: true))
        }
        #expect(try convert("5", type, fields: "\"transient\":false").value == .stepPosition(5, transient: false))
        #expect(try convert("5", type, fields: "\"transient\":1").value == .stepPosition(5, transient: true))
        for text in ["1.5", "true", "\"5\"", "null", "[]"] { #expect(isRefused(text, type), "\(text)") }
        for text in ["2", "\"yes\"", "null", "[]"] { #expect(isRefused("5", type, fields: "\"transient\":\(text)")) }
    }

    @Test("bitstrings are 32 bits", arguments: [TypeIdentification.M_BO_NA_1, .M_BO_TB_1])
    func bitstring(type: TypeIdentification) throws {
        for (text, bits) in [
            ("0", 0), ("1", 1), ("4294967295", .max), ("-1", .max), ("-2147483648", 0x8000_0000),
            ("\"0xDEADBEEF\"", 0xDEAD_BEEF),
            ("\"0X0f\"", 15),
        ] as [(String, UInt32)] {
            #expect(try convert(text, type).value == .bitstring(bits), "\(text)")
        }
        for text in [
            "4294967296", "-2147483649", "1.5", "true", "\"0x\"", "\"0x1FFFFFFFF\"", "\"DEAD\"", "\"0x-1\"", "null",
        ] {
            #expect(isRefused(text, type), "\(text)")
        }
    }

    @Test("normalized values are fractions", arguments: [TypeIdentification.M_ME_NA_1, .M_ME_TD_1, .M_ME_ND_1])
    func normalized(type: TypeIdentification) throws {
        for (text, raw) in [
            ("0", 0), ("-1", -32_768), ("-1.0", -32_768), ("0.5", 16_384), ("0.999969482421875", 32_767),
            ("-0.5", -16_384),
            ("0.0001", 3), ("-0.00001", 0),
        ] as [(String, Int16)] {
            let information = try convert(text, type)
            #expect(information.value == .normalized(NormalizedValue(rawValue: raw)), "\(text)")
            #expect(information.quality == .good, "\(text)")
        }
        for text in ["true", "\"0.5\"", "\"\"", "null", "[]", "{}"] { #expect(isRefused(text, type), "\(text)") }
    }

    @Test("scaled values are whole, and rounded to that", arguments: [TypeIdentification.M_ME_NB_1, .M_ME_TE_1])
    func scaled(type: TypeIdentification) throws {
        for (text, number) in [
            ("0", 0), ("-32768", -32_768), ("32767", 32_767), ("21.4", 21), ("21.5", 22), ("-21.5", -22),
            ("32767.4", 32_767),
            ("-32768.4", -32_768),
        ] as [(String, Int16)] {
            let information = try convert(text, type)
            #expect(information.value == .scaled(number), "\(text)")
            #expect(information.quality == .good, "\(text)")
        }
        for text in ["true", "\"5\"", "null", "[]"] { #expect(isRefused(text, type), "\(text)") }
    }

    @Test("floats are IEEE 754 single", arguments: [TypeIdentification.M_ME_NC_1, .M_ME_TF_1])
    func shortFloat(type: TypeIdentification) throws {
        for (text, number) in [
            ("21.5", 21.5), ("0.1", 0.1), ("-0.0", -0.0), ("3.4028235e38", .greatestFiniteMagnitude),
            ("-3.4028235e38", -.greatestFiniteMagnitude), ("1e-45", .leastNonzeroMagnitude), ("1e-60", 0),
            ("16777217", 16_777_216),
        ] as [(String, Float)] {
            let information = try convert(text, type)
            #expect(information.value == .shortFloat(number), "\(text)")
            #expect(information.quality == .good, "\(text)")
        }
        for text in ["true", "\"21.5\"", "\"\"", "null", "[]", "{}"] { #expect(isRefused(text, type), "\(text)") }
    }

    @Test("counters are 32 bits with sign", arguments: [TypeIdentification.M_IT_NA_1, .M_IT_TB_1])
    func counters(type: TypeIdentification) throws {
        for number in [Int32.min, -1, 0, 4711, .max] {
            let information = try convert("\(number)", type)
            #expect(information.value == .integratedTotals(BinaryCounterReading(value: number)))
            #expect(information.quality == .good)
        }
        for text in ["1.5", "true", "\"5\"", "null", "[]"] { #expect(isRefused(text, type), "\(text)") }
    }

    @Test("sixteen single points are their states, with the changes in the upper half")
    func packed() throws {
        #expect(
            try convert("65537", .M_PS_NA_1).value
                == .packedSinglePoints(StatusChangeDetection(status: 1, changeDetected: 1)))
        #expect(
            try convert("\"0x80017FFF\"", .M_PS_NA_1).value
                == .packedSinglePoints(StatusChangeDetection(status: 0x7FFF, changeDetected: 0x8001)))
        #expect(isRefused("4294967296", .M_PS_NA_1))
    }

    @Test("a value is required")
    func missing() throws {
        let empty = try PointDocument(json: document("{\"type\":13}"))
        let fault = #expect(throws: PointDocumentFault.self) {
            try PointConverter(type: .M_ME_NC_1).information(of: empty, time: CP56Time2a(rawValue: 0))
        }
        #expect(fault?.description == "value: the field is missing")
    }

    @Test("a refused value is shown together with what was expected")
    func messages() {
        let fault = #expect(throws: PointDocumentFault.self) { try convert("\"open\"", .M_DP_TB_1) }
        #expect(
            fault?.description
                == "value: 0...3, intermediate, off, on or indeterminate is expected for M_DP_TB_1 (31), not \"open\"")
        let long = #expect(throws: PointDocumentFault.self) {
            try convert("\"\(String(repeating: "x", count: 10_000))\"", .M_ME_NC_1)
        }
        #expect((long?.description.count ?? 1000) < 200)
    }
}
