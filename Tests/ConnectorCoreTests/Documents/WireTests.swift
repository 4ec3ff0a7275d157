import IEC104Model
import Testing

@testable import ConnectorCore

@Suite("Documents as octets on the wire")
struct WireTests {
    private let dated = "\"timestamp\":\"2026-01-15T10:30:00.123Z\""

    @Test(
        "each type carries value, quality and time as the standard lays them out",
        arguments: [
            ("true", .M_SP_NA_1, "01"), ("true", .M_SP_TB_1, "01 7B 00 1E 0A 8F 01 1A"), ("\"on\"", .M_DP_NA_1, "02"),
            ("1", .M_DP_TB_1, "01 7B 00 1E 0A 8F 01 1A"), ("-64", .M_ST_NA_1, "40 00"),
            ("63", .M_ST_TB_1, "3F 00 7B 00 1E 0A 8F 01 1A"), ("\"0x01020304\"", .M_BO_NA_1, "04 03 02 01 00"),
            ("1", .M_BO_TB_1, "01 00 00 00 00 7B 00 1E 0A 8F 01 1A"), ("0.5", .M_ME_NA_1, "00 40 00"),
            ("-1", .M_ME_TD_1, "00 80 00 7B 00 1E 0A 8F 01 1A"), ("0.5", .M_ME_ND_1, "00 40"),
            ("-2", .M_ME_NB_1, "FE FF 00"),
            ("258", .M_ME_TE_1, "02 01 00 7B 00 1E 0A 8F 01 1A"), ("21.5", .M_ME_NC_1, "00 00 AC 41 00"),
            ("21.5", .M_ME_TF_1, "00 00 AC 41 00 7B 00 1E 0A 8F 01 1A"), ("4711", .M_IT_NA_1, "67 12 00 00 00"),
            ("-1", .M_IT_TB_1, "FF FF FF FF 00 7B 00 1E 0A 8F 01 1A"), ("\"0x00010002\"", .M_PS_NA_1, "02 00 01 00 00"),
        ] as [(String, TypeIdentification, String)])
    func golden(value: String, type: TypeIdentification, expected: String) throws {
        #expect(try wire(value, type, fields: dated) == expected)
    }

    @Test("quality, clamping and movement reach the wire")
    func qualities() throws {
        #expect(try wire("true", .M_SP_NA_1, fields: "\"quality\":[\"IV\",\"NT\",\"SB\",\"BL\"]") == "F1")
        #expect(try wire("2", .M_DP_NA_1, fields: "\"quality\":[\"NT\"]") == "42")
        #expect(try wire("70000", .M_ME_NB_1) == "FF 7F 01")
        #expect(try wire("-70000", .M_ME_NB_1, fields: "\"quality\":[\"SB\"]") == "00 80 21")
        #expect(try wire("1.5", .M_ME_NA_1) == "FF 7F 01")
        #expect(try wire("1e39", .M_ME_NC_1) == "FF FF 7F 7F 01")
        #expect(try wire("\"NaN\"", .M_ME_NC_1) == "00 00 00 00 80")
        #expect(try wire("100", .M_ST_NA_1, fields: "\"transient\":true") == "BF 01")
        #expect(try wire("1", .M_IT_NA_1, fields: "\"quality\":[\"IV\"]") == "01 00 00 00 80")
        #expect(try wire("0", .M_ME_NC_1, fields: "\"quality\":[\"EI\"]") == "00 00 00 00 00", "the type has no EI")
    }

    @Test("a counter shows OV as carry, and a quality octet as the octet of its reading")
    func counters() throws {
        #expect(try wire("1", .M_IT_NA_1, fields: "\"quality\":[\"OV\"]") == "01 00 00 00 20")
        #expect(try wire("1", .M_IT_NA_1, fields: "\"quality\":[\"NT\",\"SB\"]") == "01 00 00 00 00")
        #expect(try wire("3000000000", .M_IT_NA_1) == "FF FF FF 7F 20")
        #expect(try wire("1", .M_IT_NA_1, fields: "\"quality\":165") == "01 00 00 00 A5")
        #expect(
            try wire("3000000000", .M_IT_TB_1, fields: "\"quality\":5,\(dated)")
                == "FF FF FF 7F 25 7B 00 1E 0A 8F 01 1A")
        #expect(try convert("1", .M_IT_NA_1, fields: "\"quality\":165").quality == .invalid)
        #expect(try convert("1", .M_IT_NA_1, fields: "\"quality\":37").quality == .good)
        #expect(try wire("\"NaN\"", .M_IT_NA_1) == "00 00 00 00 80")
        #expect(try wire("\"NaN\"", .M_IT_NA_1, fields: "\"quality\":5") == "00 00 00 00 85")
    }

    @Test("a time that the source didn't give is marked substituted, and isn't invalid")
    func substitutedTime() throws {
        #expect(try wire("true", .M_SP_TB_1) == "01 7B 00 5E 0A 8F 01 1A")
        let information = try convert("true", .M_SP_TB_1)
        #expect(information.time?.isSubstituted == true)
        #expect(information.time?.isInvalid == false)
        let own = try convert("true", .M_SP_TB_1, fields: dated)
        #expect(own.time?.isSubstituted == false)
        #expect(own.time?.isInvalid == false)
    }
}
