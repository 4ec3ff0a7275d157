import IEC104Model
import Testing

@testable import ConnectorCore

@Suite("A document of another type than the mapping's")
struct TypeConversionTests {
    @Test(
        "is converted where its meaning stays",
        arguments: [
            ("true", "1", .M_DP_NA_1, .doublePoint(.on)),
            ("false", "30", .M_DP_TB_1, .doublePoint(.off)), ("1", "1", .M_DP_NA_1, .doublePoint(.on)),
            ("0", "1", .M_DP_NA_1, .doublePoint(.off)), ("\"on\"", "1", .M_DP_NA_1, .doublePoint(.on)),
            ("2", "3", .M_SP_NA_1, .singlePoint(true)), ("1", "31", .M_SP_TB_1, .singlePoint(false)),
            ("\"on\"", "3", .M_SP_NA_1, .singlePoint(true)), ("\"off\"", "3", .M_SP_NA_1, .singlePoint(false)),
            ("true", "\"M_SP_NA_1\"", .M_SP_TB_1, .singlePoint(true)), ("21.5", "13", .M_ME_TF_1, .shortFloat(21.5)),
            ("21", "11", .M_ME_NC_1, .shortFloat(21)), ("0.5", "9", .M_ME_NC_1, .shortFloat(0.5)),
            ("21", "13", .M_ME_NB_1, .scaled(21)), ("5", "5", .M_ME_NB_1, .scaled(5)),
            ("5", "13", .M_ST_NA_1, .stepPosition(5, transient: false)),
            ("4711", "13", .M_IT_NA_1, .integratedTotals(BinaryCounterReading(value: 4711))),
            ("4711", "15", .M_ME_NC_1, .shortFloat(4711)),
            ("0.25", "34", .M_ME_NA_1, .normalized(NormalizedValue(rawValue: 8192))),
            ("1", "13", .M_SP_NA_1, .singlePoint(true)), ("21.5", "36", .M_ME_NC_1, .shortFloat(21.5)),
        ] as [(String, String, TypeIdentification, ProcessValue)])
    func kept(value: String, type: String, mapped: TypeIdentification, expected: ProcessValue) throws {
        let information = try convert(value, mapped, fields: "\"type\":\(type)")
        #expect(information.value == expected)
        #expect(information.quality == .good)
    }

    @Test(
        "is refused where its meaning would be lost",
        arguments: [
            ("0", "3", .M_SP_NA_1), ("3", "3", .M_SP_NA_1), ("\"intermediate\"", "31", .M_SP_TB_1),
            ("2", "1", .M_DP_NA_1),
            ("3", "30", .M_DP_NA_1), ("21.5", "13", .M_ME_NB_1), ("0.5", "9", .M_ME_TE_1), ("21.5", "13", .M_SP_NA_1),
            ("21.5", "13", .M_DP_NA_1), ("21.5", "36", .M_ST_NA_1), ("21.5", "13", .M_IT_NA_1),
            ("21.5", "13", .M_BO_NA_1),
            ("1e10", "13", .M_BO_NA_1), ("true", "1", .M_ME_NC_1), ("\"on\"", "3", .M_ME_NC_1),
        ] as [(String, String, TypeIdentification)])
    func lost(value: String, type: String, mapped: TypeIdentification) {
        #expect(isRefused(value, mapped, fields: "\"type\":\(type)"))
    }

    @Test("a value for the mapping's own type may be rounded, and so may one that the mapping scales")
    func rounded() throws {
        #expect(try convert("21.5", .M_ME_NB_1, fields: "\"type\":11").value == .scaled(22))
        #expect(try convert("21.5", .M_ME_NB_1, fields: "\"type\":35").value == .scaled(22))
        #expect(try convert("21.567", .M_ME_NB_1, fields: "\"type\":13") { $0.scale = 100 }.value == .scaled(2157))
    }

    @Test("a number that a document of another type clamps shows OV, as any other would")
    func clamped() throws {
        let information = try convert("70000", .M_ME_NB_1, fields: "\"type\":13")
        #expect(information.value == .scaled(32_767))
        #expect(information.quality == .overflow)
    }

    @Test(
        "types that can't be monitored give nothing", arguments: [TypeIdentification.C_SC_NA_1, .M_EI_NA_1, .M_EP_TD_1])
    func unserved(type: TypeIdentification) {
        #expect(isRefused("1", type))
    }
}
