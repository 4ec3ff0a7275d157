import IEC104Model
import NIOCore
import TestSupport
import Testing

@Suite("Golden octets: measured values")
struct MeasuredValueGoldenTests {
    static let examples: [GoldenASDU] = normalizedExamples + scaledExamples + floatExamples

    private static let normalizedExamples: [GoldenASDU] = [
        GoldenASDU("9 zero", "09 01 03 00 01 00 79 05 00 00 00 00", [(1401, normalized(0))]),
        GoldenASDU("9 +0.5", "09 01 03 00 01 00 79 05 00 00 40 00", [(1401, normalized(0x4000))]),
        GoldenASDU("9 largest", "09 01 03 00 01 00 79 05 00 FF 7F 00", [(1401, normalized(32767))]),
        GoldenASDU("9 -1", "09 01 03 00 01 00 79 05 00 00 80 00", [(1401, normalized(-32768))]),
        GoldenASDU("9 OV", "09 01 03 00 01 00 79 05 00 FF 7F 01", [(1401, normalized(32767, .overflow))]),
        GoldenASDU(
            "9 sequence of two", "09 82 01 00 01 00 79 05 00 01 00 00 FF FF 80", cause: .periodic, isSequence: true,
            [(1401, normalized(1)), (1402, normalized(-1, .invalid))]),
        GoldenASDU(
            "10 -0.25", "0A 01 03 00 01 00 79 05 00 00 E0 00 5F EA 3B",
            [(1401, .M_ME_TA_1(.init(value: .init(rawValue: -8192), quality: .good, time: .golden)))]),
        GoldenASDU(
            "21 -1", "15 01 01 00 01 00 6D 07 00 00 80", cause: .periodic,
            [(1901, .M_ME_ND_1(.init(value: .init(rawValue: -32768))))]),
        GoldenASDU(
            "21 sequence of three", "15 83 14 00 01 00 6D 07 00 00 40 00 C0 01 00", cause: .interrogatedByStation,
            isSequence: true,
            [
                (1901, .M_ME_ND_1(.init(value: .init(rawValue: 0x4000)))),
                (1902, .M_ME_ND_1(.init(value: .init(rawValue: -0x4000)))),
                (1903, .M_ME_ND_1(.init(value: .init(rawValue: 1)))),
            ]),
        GoldenASDU(
            "34 -0.5, IV", "22 01 03 00 01 00 79 05 00 00 C0 80 5F EA 3B 01 FD 03 1A",
            [(1401, .M_ME_TD_1(.init(value: .init(rawValue: -0x4000), quality: .invalid, time: .golden)))]),
    ]

    private static let scaledExamples: [GoldenASDU] = [
        GoldenASDU("11 32767", "0B 01 03 00 01 00 DD 05 00 FF 7F 00", [(1501, scaled(32767))]),
        GoldenASDU("11 -32768", "0B 01 03 00 01 00 DD 05 00 00 80 00", [(1501, scaled(-32768))]),
        GoldenASDU("11 -1", "0B 01 03 00 01 00 DD 05 00 FF FF 00", [(1501, scaled(-1))]),
        GoldenASDU("11 OV", "0B 01 03 00 01 00 DD 05 00 00 80 01", [(1501, scaled(-32768, .overflow))]),
        GoldenASDU(
            "11 sequence of two", "0B 82 14 00 01 00 DD 05 00 E8 03 00 18 FC 40", cause: .interrogatedByStation,
            isSequence: true, [(1501, scaled(1000)), (1502, scaled(-1000, .notTopical))]),
        GoldenASDU(
            "12 1000", "0C 01 03 00 01 00 DD 05 00 E8 03 20 5F EA 3B",
            [(1501, .M_ME_TB_1(.init(value: 1000, quality: .substituted, time: .golden)))]),
        GoldenASDU(
            "35 -1000", "23 01 03 00 01 00 DD 05 00 18 FC 00 5F EA 3B 01 FD 03 1A",
            [(1501, .M_ME_TE_1(.init(value: -1000, quality: .good, time: .golden)))]),
    ]

    private static let floatExamples: [GoldenASDU] = [
        GoldenASDU("13 1.5", "0D 01 03 00 01 00 41 06 00 00 00 C0 3F 00", [(1601, float(1.5))]),
        GoldenASDU("13 -0.0", "0D 01 03 00 01 00 41 06 00 00 00 00 80 00", [(1601, float(-0.0))]),
        GoldenASDU(
            "13 largest", "0D 01 03 00 01 00 41 06 00 FF FF 7F 7F 00", [(1601, float(3.402_823_5e38))]),
        GoldenASDU(
            "13 infinite, OV and IV", "0D 01 03 00 01 00 41 06 00 00 00 80 FF 81",
            [(1601, float(-.infinity, [.overflow, .invalid]))]),
        GoldenASDU(
            "13 sequence across an octet of the address", "0D 82 14 00 01 00 FF FF 00 00 00 80 3F 00 00 00 00 C0 80",
            cause: .interrogatedByStation, isSequence: true, [(65535, float(1)), (65536, float(-2, .invalid))]),
        GoldenASDU(
            "14 21.5", "0E 01 03 00 01 00 41 06 00 00 00 AC 41 00 5F EA 3B",
            [(1601, .M_ME_TC_1(.init(value: 21.5, quality: .good, time: .golden)))]),
        GoldenASDU(
            "36 21.5, NT", "24 01 03 00 01 00 41 06 00 00 00 AC 41 40 5F EA 3B 01 FD 03 1A",
            [(1601, .M_ME_TF_1(.init(value: 21.5, quality: .notTopical, time: .golden)))]),
    ]

    private static func normalized(_ value: Int16, _ quality: QualityDescriptor = .good) -> InformationElement {
        .M_ME_NA_1(.init(value: .init(rawValue: value), quality: quality))
    }

    private static func scaled(_ value: Int16, _ quality: QualityDescriptor = .good) -> InformationElement {
        .M_ME_NB_1(.init(value: value, quality: quality))
    }

    private static func float(_ value: Float, _ quality: QualityDescriptor = .good) -> InformationElement {
        .M_ME_NC_1(.init(value: value, quality: quality))
    }

    @Test(
        "MON-05 MON-06 MON-07 MON-10 MON-15 MON-16 MON-17 measured values are read from and written to the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("MON-05 normalized values are fractions, and what lies outside is brought to the limit")
    func fractions() {
        #expect(NormalizedValue(clamping: 0.5).rawValue == 0x4000)
        #expect(NormalizedValue(clamping: -1).rawValue == -32768)
        #expect(NormalizedValue(clamping: NormalizedValue.maximum).rawValue == 32767)
        #expect(NormalizedValue(clamping: 1).rawValue == 32767)
        #expect(NormalizedValue(clamping: -.infinity).rawValue == -32768)
        #expect(NormalizedValue(clamping: .nan).rawValue == 0)
        #expect(NormalizedValue(rawValue: -0x4000).value == -0.5)
    }

    @Test(
        "MON-07 a float that is not a number keeps every bit", arguments: ["01 00 C0 7F", "FF FF FF FF", "01 00 80 7F"])
    func notANumber(bits: String) throws {
        let hex = "0D 01 03 00 01 00 41 06 00 \(bits) 80"
        var buffer = ByteBuffer(hexadecimal: hex)
        #expect(try ASDU(decoding: &buffer).hexadecimalText == hex)
    }
}
