import IEC104Model
import Testing

@Suite("Golden octets: commands")
struct CommandGoldenTests {
    static let examples: [GoldenASDU] = untimed + timed

    private static let untimed: [GoldenASDU] = [
        GoldenASDU(
            "45 on", "2D 01 06 00 01 00 D1 07 00 01", cause: .activation,
            [(2001, .C_SC_NA_1(.init(command: .init(rawValue: 0x01))))]),
        GoldenASDU(
            "45 select, confirmed", "2D 01 07 00 01 00 D2 07 00 81", cause: .activationConfirmation,
            [(2002, .C_SC_NA_1(.init(command: .init(rawValue: 0x81))))]),
        GoldenASDU(
            "45 unknown address", "2D 01 6F 00 01 00 0F 27 00 01", cause: .unknownInformationObjectAddress,
            isNegative: true, [(9999, .C_SC_NA_1(.init(command: .init(rawValue: 0x01))))]),
        GoldenASDU(
            "45 test", "2D 01 86 00 01 00 D1 07 00 01", cause: .activation, isTest: true,
            [(2001, .C_SC_NA_1(.init(command: .init(rawValue: 0x01))))]),
        GoldenASDU(
            "46 on", "2E 01 06 00 01 00 35 08 00 02", cause: .activation,
            [(2101, .C_DC_NA_1(.init(command: .init(rawValue: 0x02))))]),
        GoldenASDU(
            "47 higher, short pulse", "2F 01 06 00 01 00 99 08 00 06", cause: .activation,
            [(2201, .C_RC_NA_1(.init(command: .init(rawValue: 0x06))))]),
        GoldenASDU(
            "48 +0.5", "30 01 06 00 01 00 FD 08 00 00 40 00", cause: .activation,
            [(2301, .C_SE_NA_1(.init(value: .init(rawValue: 0x4000), qualifier: .init(rawValue: 0))))]),
        GoldenASDU(
            "49 32767", "31 01 06 00 01 00 61 09 00 FF 7F 00", cause: .activation,
            [(2401, .C_SE_NB_1(.init(value: 32767, qualifier: .init(rawValue: 0))))]),
        GoldenASDU(
            "49 -32768, select", "31 01 06 00 01 00 61 09 00 00 80 80", cause: .activation,
            [(2401, .C_SE_NB_1(.init(value: -32768, qualifier: .init(rawValue: 0x80))))]),
        GoldenASDU(
            "50 1.5", "32 01 06 00 01 00 C5 09 00 00 00 C0 3F 00", cause: .activation,
            [(2501, .C_SE_NC_1(.init(value: 1.5, qualifier: .init(rawValue: 0))))]),
        GoldenASDU(
            "50 infinite", "32 01 06 00 01 00 C5 09 00 00 00 80 7F 00", cause: .activation,
            [(2501, .C_SE_NC_1(.init(value: .infinity, qualifier: .init(rawValue: 0))))]),
        GoldenASDU(
            "51 bits 12345678", "33 01 06 00 01 00 29 0A 00 78 56 34 12", cause: .activation,
            [(2601, .C_BO_NA_1(.init(bits: 0x1234_5678)))]),
    ]

    private static let timed: [GoldenASDU] = [
        GoldenASDU(
            "58 select", "3A 01 06 25 01 00 D1 07 00 81 5F EA 3B 01 FD 03 1A", cause: .activation,
            originatorAddress: 37, [(2001, .C_SC_TA_1(.init(command: .init(rawValue: 0x81), time: .golden)))]),
        GoldenASDU(
            "59 off", "3B 01 08 00 01 00 35 08 00 01 5F EA 3B 01 FD 03 1A", cause: .deactivation,
            [(2101, .C_DC_TA_1(.init(command: .init(rawValue: 0x01), time: .golden)))]),
        GoldenASDU(
            "60 lower", "3C 01 06 00 01 00 99 08 00 01 5F EA 3B 01 FD 03 1A", cause: .activation,
            [(2201, .C_RC_TA_1(.init(command: .init(rawValue: 0x01), time: .golden)))]),
        GoldenASDU(
            "61 -0.5", "3D 01 06 00 01 00 FD 08 00 00 C0 00 5F EA 3B 01 FD 03 1A", cause: .activation,
            [
                (
                    2301,
                    .C_SE_TA_1(
                        .init(value: .init(rawValue: -0x4000), qualifier: .init(rawValue: 0), time: .golden))
                )
            ]),
        GoldenASDU(
            "62 -1", "3E 01 06 00 01 00 61 09 00 FF FF 00 5F EA 3B 01 FD 03 1A", cause: .activation,
            [(2401, .C_SE_TB_1(.init(value: -1, qualifier: .init(rawValue: 0), time: .golden)))]),
        GoldenASDU(
            "63 21.5, termination", "3F 01 0A 00 01 00 C5 09 00 00 00 AC 41 00 5F EA 3B 01 FD 03 1A",
            cause: .activationTermination,
            [(2501, .C_SE_TC_1(.init(value: 21.5, qualifier: .init(rawValue: 0), time: .golden)))]),
        GoldenASDU(
            "64 bits 80000001", "40 01 06 00 01 00 29 0A 00 01 00 00 80 5F EA 3B 01 FD 03 1A", cause: .activation,
            [(2601, .C_BO_TA_1(.init(bits: 0x8000_0001, time: .golden)))]),
    ]

    @Test(
        "CMD-01 CMD-31 CMD-33 CMD-36...39 CMD-43 CMD-44 commands are read from and written to the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("CMD-05 CMD-28 select, qualifier and state come out of the octet by name")
    func names() {
        let single = SingleCommand(rawValue: 0x8D)
        #expect(single.isSelect && single.isOn && single.qualifier == 3)
        let double = DoubleCommand(rawValue: 0x0A)
        #expect(!double.isSelect && double.state == 2 && double.qualifier == 2)
        let step = RegulatingStepCommand(rawValue: 0xFD)
        #expect(step.isSelect && step.step == 1 && step.qualifier == 31)
        let setPoint = QualifierOfSetPoint(rawValue: 0xFE)
        #expect(setPoint.isSelect && setPoint.qualifier == 126)
    }
}
