import IEC104Model
import Testing

@Suite("Golden octets: step positions and bitstrings")
struct StepAndBitstringGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU("5 position 0", "05 01 03 00 01 00 B1 04 00 00 00", [(1201, step(0))]),
        GoldenASDU("5 position 63", "05 01 03 00 01 00 B1 04 00 3F 00", [(1201, step(63))]),
        GoldenASDU("5 position -64", "05 01 03 00 01 00 B1 04 00 40 00", [(1201, step(-64))]),
        GoldenASDU("5 position -1", "05 01 03 00 01 00 B1 04 00 7F 00", [(1201, step(-1))]),
        GoldenASDU("5 position 1, moving", "05 01 03 00 01 00 B1 04 00 81 00", [(1201, step(1, isTransient: true))]),
        GoldenASDU("5 OV", "05 01 03 00 01 00 B1 04 00 3F 01", [(1201, step(63, .overflow))]),
        GoldenASDU(
            "5 sequence of two", "05 82 02 00 01 00 B1 04 00 05 00 FB 80", cause: .background, isSequence: true,
            [(1201, step(5)), (1202, step(-5, .invalid, isTransient: true))]),
        GoldenASDU(
            "6 position -2", "06 01 03 00 01 00 B1 04 00 7E 00 5F EA 3B",
            [(1201, .M_ST_TA_1(.init(position: .init(value: -2), quality: .good, time: .golden)))]),
        GoldenASDU(
            "32 position 17, moving, NT", "20 01 0C 00 01 00 B1 04 00 91 40 5F EA 3B 01 FD 03 1A",
            cause: .returnInformationLocal,
            [
                (
                    1201,
                    .M_ST_TB_1(
                        .init(position: .init(value: 17, isTransient: true), quality: .notTopical, time: .golden))
                )
            ]),
        GoldenASDU(
            "7 bits 12345678", "07 01 03 00 01 00 15 05 00 78 56 34 12 00",
            [(1301, .M_BO_NA_1(.init(bits: 0x1234_5678, quality: .good)))]),
        GoldenASDU(
            "7 all ones", "07 01 03 00 01 00 15 05 00 FF FF FF FF 00",
            [(1301, .M_BO_NA_1(.init(bits: .max, quality: .good)))]),
        GoldenASDU(
            "7 sequence of two", "07 82 14 00 01 00 15 05 00 01 00 00 00 00 00 00 00 80 C1",
            cause: .interrogatedByStation, isSequence: true,
            [
                (1301, .M_BO_NA_1(.init(bits: 1, quality: .good))),
                (1302, .M_BO_NA_1(.init(bits: 1 << 31, quality: [.invalid, .notTopical, .overflow]))),
            ]),
        GoldenASDU(
            "8 bits 12345678", "08 01 03 00 01 00 15 05 00 78 56 34 12 00 5F EA 3B",
            [(1301, .M_BO_TA_1(.init(bits: 0x1234_5678, quality: .good, time: .golden)))]),
        GoldenASDU(
            "33 bits DEADBEEF", "21 01 03 00 01 00 15 05 00 EF BE AD DE 10 5F EA 3B 01 FD 03 1A",
            [(1301, .M_BO_TB_1(.init(bits: 0xDEAD_BEEF, quality: .blocked, time: .golden)))]),
    ]

    private static func step(
        _ value: Int8, _ quality: QualityDescriptor = .good, isTransient: Bool = false
    ) -> InformationElement {
        .M_ST_NA_1(.init(position: .init(value: value, isTransient: isTransient), quality: quality))
    }

    @Test(
        "MON-03 MON-04 MON-13 MON-14 step positions and bitstrings are read from and written to the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("MON-03 every position comes back, and what lies outside is brought to the limit")
    func positions() {
        for value in Int8(-64)...63 {
            for isTransient in [false, true] {
                let position = StepPosition(value: value, isTransient: isTransient)
                #expect(position.value == value)
                #expect(position.isTransient == isTransient)
            }
        }
        #expect(StepPosition(value: 64) == StepPosition(value: 63))
        #expect(StepPosition(value: .min) == StepPosition(value: -64))
    }
}
