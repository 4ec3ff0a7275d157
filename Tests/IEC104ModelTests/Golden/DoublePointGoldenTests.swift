import IEC104Model
import Testing

@Suite("Golden octets: double points")
struct DoublePointGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU("3 intermediate", "03 01 03 00 01 00 4D 04 00 00", [(1101, point(.intermediate))]),
        GoldenASDU("3 off", "03 01 03 00 01 00 4D 04 00 01", [(1101, point(.off))]),
        GoldenASDU("3 on", "03 01 03 00 01 00 4D 04 00 02", [(1101, point(.on))]),
        GoldenASDU("3 indeterminate", "03 01 03 00 01 00 4D 04 00 03", [(1101, point(.indeterminate))]),
        GoldenASDU("3 on, IV", "03 01 03 00 01 00 4D 04 00 82", [(1101, point(.on, .invalid))]),
        GoldenASDU(
            "3 sequence of two", "03 82 14 00 01 00 4D 04 00 01 F2", cause: .interrogatedByStation, isSequence: true,
            [
                (1101, point(.off)),
                (1102, point(.on, [.invalid, .notTopical, .substituted, .blocked])),
            ]),
        GoldenASDU(
            "4 off, BL", "04 01 03 00 01 00 4D 04 00 11 5F EA 3B",
            [(1101, .M_DP_TA_1(.init(information: .init(state: .off, quality: .blocked), time: .golden)))]),
        GoldenASDU(
            "31 on, SB", "1F 01 03 00 01 00 4D 04 00 22 5F EA 3B 01 FD 03 1A",
            [(1101, .M_DP_TB_1(.init(information: .init(state: .on, quality: .substituted), time: .golden)))]),
    ]

    private static func point(_ state: DoublePointState, _ quality: QualityDescriptor = .good) -> InformationElement {
        .M_DP_NA_1(.init(information: .init(state: state, quality: quality)))
    }

    @Test("MON-02 MON-12 double points are read from and written to the standard's octets", arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("MON-02 state and quality come out of the octet by name")
    func names() {
        let information = DoublePointInformation(rawValue: 0x4E)
        #expect(information.state == .on)
        #expect(information.quality == .notTopical)
        #expect(DoublePointInformation(state: .on, quality: [.overflow, .elapsedTimeInvalid]).rawValue == 0x02)
    }
}
