import IEC104Model
import Testing

@Suite("Golden octets: integrated totals and packed single points")
struct CounterGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU("15 reading 1", "0F 01 03 00 01 00 A5 06 00 01 00 00 00 00", [(1701, total(.init(value: 1)))]),
        GoldenASDU("15 reading -1", "0F 01 03 00 01 00 A5 06 00 FF FF FF FF 00", [(1701, total(.init(value: -1)))]),
        GoldenASDU(
            "15 SQ 31", "0F 01 25 00 01 00 A5 06 00 01 00 00 00 1F", cause: .requestedByGeneralCounter,
            [(1701, total(.init(value: 1, sequenceNumber: 31)))]),
        GoldenASDU(
            "15 CY", "0F 01 26 00 01 00 A5 06 00 00 00 00 80 20", cause: .requestedByCounterGroup(1),
            [(1701, total(.init(value: .min, hasCarry: true)))]),
        GoldenASDU(
            "15 CA", "0F 01 29 00 01 00 A5 06 00 FF FF FF 7F 40", cause: .requestedByCounterGroup(4),
            [(1701, total(.init(value: .max, isAdjusted: true)))]),
        GoldenASDU(
            "15 IV", "0F 01 03 00 01 00 A5 06 00 78 56 34 12 80",
            [(1701, total(.init(value: 0x1234_5678, isInvalid: true)))]),
        GoldenASDU(
            "15 sequence of two", "0F 82 25 00 01 00 A5 06 00 0A 00 00 00 05 F6 FF FF FF E5",
            cause: .requestedByGeneralCounter, isSequence: true,
            [
                (1701, total(.init(value: 10, sequenceNumber: 5))),
                (
                    1702,
                    total(.init(value: -10, sequenceNumber: 5, hasCarry: true, isAdjusted: true, isInvalid: true))
                ),
            ]),
        GoldenASDU(
            "16 reading 500", "10 01 03 00 01 00 A5 06 00 F4 01 00 00 02 5F EA 3B",
            [(1701, .M_IT_TA_1(.init(reading: .init(value: 500, sequenceNumber: 2), time: .golden)))]),
        GoldenASDU(
            "37 reading 500", "25 01 03 00 01 00 A5 06 00 F4 01 00 00 03 5F EA 3B 01 FD 03 1A",
            [(1701, .M_IT_TB_1(.init(reading: .init(value: 500, sequenceNumber: 3), time: .golden)))]),
        GoldenASDU(
            "20 states 8001, changes 0001", "14 01 03 00 01 00 09 07 00 01 80 01 00 00",
            [
                (
                    1801,
                    .M_PS_NA_1(.init(points: .init(status: 0x8001, changeDetected: 0x0001), quality: .good))
                )
            ]),
        GoldenASDU(
            "20 sequence of two", "14 82 14 00 01 00 09 07 00 34 12 78 56 00 00 80 00 40 81",
            cause: .interrogatedByStation, isSequence: true,
            [
                (1801, .M_PS_NA_1(.init(points: .init(status: 0x1234, changeDetected: 0x5678), quality: .good))),
                (
                    1802,
                    .M_PS_NA_1(
                        .init(
                            points: .init(status: 0x8000, changeDetected: 0x4000), quality: [.invalid, .overflow]))
                ),
            ]),
    ]

    private static func total(_ reading: BinaryCounterReading) -> InformationElement {
        .M_IT_NA_1(.init(reading: reading))
    }

    @Test(
        "MON-08 MON-09 MON-18 counters and packed points are read from and written to the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("CI-10 CI-11 the notation comes out of the octet by name; the sequence number counts modulo 32")
    func notation() {
        let reading = BinaryCounterReading(value: 0, notation: 0xA3)
        #expect(reading.sequenceNumber == 3)
        #expect(reading.hasCarry && !reading.isAdjusted && reading.isInvalid)
        #expect(BinaryCounterReading(value: 0, sequenceNumber: 33).notation == 1)
    }
}
