import IEC104Model
import Testing

@testable import ConnectorCore

@Suite("Values out of range, scaled, or no numbers at all")
struct ValueRangeTests {
    @Test(
        "a value out of the type's range is sent clamped, with OV",
        arguments: [
            ("64", .M_ST_NA_1, .stepPosition(63, transient: false)),
            ("-65", .M_ST_TB_1, .stepPosition(-64, transient: false)),
            ("1e300", .M_ST_NA_1, .stepPosition(63, transient: false)),
            ("1", .M_ME_NA_1, .normalized(NormalizedValue(rawValue: 32_767))),
            ("0.99999", .M_ME_TD_1, .normalized(NormalizedValue(rawValue: 32_767))),
            ("-1.0001", .M_ME_NA_1, .normalized(NormalizedValue(rawValue: -32_768))),
            ("1e308", .M_ME_ND_1, .normalized(NormalizedValue(rawValue: 32_767))),
            ("32768", .M_ME_NB_1, .scaled(32_767)), ("32767.5", .M_ME_TE_1, .scaled(32_767)),
            ("-32769", .M_ME_NB_1, .scaled(-32_768)), ("-1e300", .M_ME_NB_1, .scaled(-32_768)),
            ("3.5e38", .M_ME_NC_1, .shortFloat(.greatestFiniteMagnitude)),
            ("-1e300", .M_ME_TF_1, .shortFloat(-.greatestFiniteMagnitude)),
            ("1e400", .M_ME_NC_1, .shortFloat(.greatestFiniteMagnitude)),
            ("-1e400", .M_ME_TF_1, .shortFloat(-.greatestFiniteMagnitude)),
            ("2147483648", .M_IT_NA_1, .integratedTotals(BinaryCounterReading(value: .max, hasCarry: true))),
            ("-2147483649", .M_IT_TB_1, .integratedTotals(BinaryCounterReading(value: .min, hasCarry: true))),
        ] as [(String, TypeIdentification, ProcessValue)])
    func clamped(text: String, type: TypeIdentification, expected: ProcessValue) throws {
        let information = try convert(text, type)
        #expect(information.value == expected)
        #expect(information.quality == .overflow)
    }

    @Test("OV adds to the quality that the source gave")
    func quality() throws {
        #expect(try convert("70000", .M_ME_NB_1, fields: "\"quality\":[\"NT\"]").quality == [.overflow, .notTopical])
        #expect(try convert("\"NaN\"", .M_ME_NC_1, fields: "\"quality\":[\"SB\"]").quality == [.invalid, .substituted])
    }

    @Test(
        "what is not a number, and infinities, are sent as 0 with IV",
        arguments: [
            "\"NaN\"", "\"nan\"", "\"Infinity\"", "\"-Infinity\"", "\"inf\"", "\"-inf\"", "\"+Infinity\"",
            "\"INFINITY\"",
        ])
    func notFinite(text: String) throws {
        for (type, value) in [
            (TypeIdentification.M_ME_NA_1, ProcessValue.normalized(NormalizedValue(rawValue: 0))),
            (.M_ME_TD_1, .normalized(NormalizedValue(rawValue: 0))), (.M_ME_NB_1, .scaled(0)), (.M_ME_TE_1, .scaled(0)),
            (.M_ME_NC_1, .shortFloat(0)), (.M_ME_TF_1, .shortFloat(0)),
            (.M_ST_NA_1, .stepPosition(0, transient: false)),
            (.M_IT_NA_1, .integratedTotals(BinaryCounterReading(value: 0))),
        ] {
            let information = try convert(text, type)
            #expect(information.value == value, "\(type)")
            #expect(information.quality == .invalid, "\(type)")
        }
    }

    @Test("bare NaN and Infinity are no JSON")
    func bare() {
        for text in ["NaN", "Infinity", "-Infinity"] { #expect(isRefused(text, .M_ME_NC_1)) }
    }

    @Test("a measured value is multiplied by scale, then offset is added")
    func scaling() throws {
        func scaled(_ text: String, _ type: TypeIdentification, _ scale: Double, _ offset: Double) throws
            -> ProcessInformation
        {
            try convert(text, type) { ($0.scale, $0.offset) = (scale, offset) }
        }
        #expect(try scaled("21500", .M_ME_TF_1, 0.001, 0).value == .shortFloat(21.5))
        #expect(try scaled("20", .M_ME_NC_1, 1.8, 32).value == .shortFloat(68))
        #expect(try scaled("100", .M_ME_NA_1, 0.005, 0).value == .normalized(NormalizedValue(rawValue: 16_384)))
        #expect(try scaled("21.56", .M_ME_NB_1, 100, 0).value == .scaled(2156))
        #expect(try scaled("100", .M_ME_ND_1, -0.01, 0).value == .normalized(NormalizedValue(rawValue: -32_768)))
        #expect(try scaled("5", .M_ME_NC_1, 1, 0.5).value == .shortFloat(5.5))
        let over = try scaled("400", .M_ME_NB_1, 100, 0)
        #expect(over.value == .scaled(32_767) && over.quality == .overflow)
        let inside = try scaled("400", .M_ME_NA_1, 0.001, 0)
        #expect(inside.quality == .good, "the scaled value counts, not the source's")
        let nan = try scaled("\"NaN\"", .M_ME_NC_1, 2, 1)
        #expect(nan.value == .shortFloat(0) && nan.quality == .invalid, "the offset isn't added to nothing")
    }

    @Test("a number that scaling makes too large is out of range, not invalid")
    func scaledTooLarge() throws {
        for (text, value) in [("1e300", Float.greatestFiniteMagnitude), ("-1e300", -.greatestFiniteMagnitude)] {
            let information = try convert(text, .M_ME_NC_1) { $0.scale = 1e10 }
            #expect(information.value == .shortFloat(value))
            #expect(information.quality == .overflow)
        }
        #expect(try convert("\"Infinity\"", .M_ME_NC_1) { $0.scale = 1e10 }.quality == .invalid)
    }

    @Test("invert turns single points and the end positions of double points round")
    func invert() throws {
        func inverted(_ text: String, _ type: TypeIdentification, fields: String = "") throws -> ProcessValue {
            try convert(text, type, fields: fields) { $0.invert = true }.value
        }
        #expect(try inverted("true", .M_SP_NA_1) == .singlePoint(false))
        #expect(try inverted("0", .M_SP_TB_1) == .singlePoint(true))
        #expect(try inverted("\"on\"", .M_DP_NA_1) == .doublePoint(.off))
        #expect(try inverted("1", .M_DP_TB_1) == .doublePoint(.on))
        #expect(try inverted("0", .M_DP_NA_1) == .doublePoint(.intermediate))
        #expect(try inverted("3", .M_DP_NA_1) == .doublePoint(.indeterminate))
        #expect(try inverted("true", .M_DP_NA_1, fields: "\"type\":1") == .doublePoint(.off))
        #expect(try inverted("2", .M_SP_NA_1, fields: "\"type\":3") == .singlePoint(false))
    }

    @Test("a converter takes scaling and inversion from the mapping")
    func ofPoint() {
        var point = MappedPoint(address: PointAddress(1, 1), type: .M_ME_NC_1)
        (point.scale, point.offset, point.invert) = (2, 3, true)
        let converter = PointConverter(point)
        #expect(converter.type == .M_ME_NC_1 && converter.scale == 2 && converter.offset == 3 && converter.invert)
    }
}
