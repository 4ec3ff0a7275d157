import IEC104Model
import Testing

@Suite("Golden octets: single points")
struct SinglePointGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU("1 off", "01 01 03 00 01 00 E9 03 00 00", [(1001, point(false))]),
        GoldenASDU("1 on", "01 01 03 00 01 00 E9 03 00 01", [(1001, point(true))]),
        GoldenASDU("1 on, IV", "01 01 03 00 01 00 E9 03 00 81", [(1001, point(true, .invalid))]),
        GoldenASDU("1 BL", "01 01 03 00 01 00 E9 03 00 10", [(1001, point(false, .blocked))]),
        GoldenASDU("1 SB", "01 01 03 00 01 00 E9 03 00 20", [(1001, point(false, .substituted))]),
        GoldenASDU("1 NT", "01 01 03 00 01 00 E9 03 00 40", [(1001, point(false, .notTopical))]),
        GoldenASDU(
            "1 reserved bits are kept", "01 01 03 00 01 00 E9 03 00 0F",
            [(1001, .M_SP_NA_1(.init(information: .init(rawValue: 0x0F))))]),
        GoldenASDU(
            "1 two objects, interrogated, common address 1054", "01 02 14 00 1E 04 E9 03 00 01 FF FF FF 00",
            cause: .interrogatedByStation, commonAddress: 1054, [(1001, point(true)), (16_777_215, point(false))]),
        GoldenASDU(
            "1 sequence of three", "01 83 14 00 01 00 FF FF 00 01 00 81", cause: .interrogatedByStation,
            isSequence: true, [(65535, point(true)), (65536, point(false)), (65537, point(true, .invalid))]),
        GoldenASDU(
            "1 negative, test, originator 37", "01 01 C5 25 01 00 E9 03 00 01", cause: .request,
            originatorAddress: 37, isNegative: true, isTest: true, [(1001, point(true))]),
        GoldenASDU(
            "2 on, NT", "02 01 03 00 01 00 E9 03 00 41 5F EA 3B",
            [(1001, .M_SP_TA_1(.init(information: .init(isOn: true, quality: .notTopical), time: .golden)))]),
        GoldenASDU(
            "30 on", "1E 01 03 00 01 00 E9 03 00 01 5F EA 3B 01 FD 03 1A",
            [(1001, .M_SP_TB_1(.init(information: .init(isOn: true), time: .golden)))]),
        GoldenASDU(
            "30 two objects", "1E 02 0B 00 01 00 E9 03 00 00 5F EA 3B 01 FD 03 1A EA 03 00 81 E8 03 1E 0C 2F 06 1A",
            cause: .returnInformationRemote,
            [
                (1001, .M_SP_TB_1(.init(information: .init(isOn: false), time: .golden))),
                (1002, .M_SP_TB_1(.init(information: .init(isOn: true, quality: .invalid), time: .clock))),
            ]),
    ]

    private static func point(_ isOn: Bool, _ quality: QualityDescriptor = .good) -> InformationElement {
        .M_SP_NA_1(.init(information: .init(isOn: isOn, quality: quality)))
    }

    @Test(
        "MON-01 MON-11 DUI-37 DUI-38 single points are read from and written to the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("MON-01 value and quality come out of the octet by name")
    func names() {
        let information = SinglePointInformation(rawValue: 0xB1)
        #expect(information.isOn)
        #expect(information.quality == [.invalid, .substituted, .blocked])
        #expect(SinglePointInformation(isOn: true, quality: [.overflow, .elapsedTimeInvalid]).rawValue == 0x01)
    }
}
