import IEC104Model
import Testing

@Suite("Golden octets: system functions")
struct SystemGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU(
            "70 local power on", "46 01 04 00 01 00 00 00 00 00", cause: .initialized,
            [(0, .M_EI_NA_1(.init(causeOfInitialization: .init(rawValue: 0))))]),
        GoldenASDU(
            "70 remote reset, parameters changed", "46 01 04 00 02 00 00 00 00 82", cause: .initialized,
            commonAddress: 2, [(0, .M_EI_NA_1(.init(causeOfInitialization: .init(rawValue: 0x82))))]),
        GoldenASDU(
            "100 station", "64 01 06 00 01 00 00 00 00 14", cause: .activation,
            [(0, .C_IC_NA_1(.init(qualifier: .station)))]),
        GoldenASDU(
            "100 broadcast", "64 01 06 00 FF FF 00 00 00 14", cause: .activation, commonAddress: .broadcast,
            [(0, .C_IC_NA_1(.init(qualifier: .station)))]),
        GoldenASDU(
            "100 group 16, termination", "64 01 0A 05 01 00 00 00 00 24", cause: .activationTermination,
            originatorAddress: 5, [(0, .C_IC_NA_1(.init(qualifier: .group(16))))]),
        GoldenASDU(
            "101 general", "65 01 06 00 01 00 00 00 00 05", cause: .activation,
            [(0, .C_CI_NA_1(.init(qualifier: .init(rawValue: 5))))]),
        GoldenASDU(
            "101 freeze with reset, refused", "65 01 47 00 01 00 00 00 00 85", cause: .activationConfirmation,
            isNegative: true, [(0, .C_CI_NA_1(.init(qualifier: .init(rawValue: 0x85))))]),
        GoldenASDU("102 read", "66 01 05 00 01 00 E9 03 00", cause: .request, [(1001, .C_RD_NA_1(.init()))]),
        GoldenASDU(
            "103 clock", "67 01 06 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A", cause: .activation,
            [(0, .C_CS_NA_1(.init(time: .clock)))]),
        GoldenASDU(
            "104 test pattern", "68 01 06 00 01 00 00 00 00 AA 55", cause: .activation,
            [(0, .C_TS_NA_1(.init(pattern: 0x55AA)))]),
        GoldenASDU(
            "105 general reset", "69 01 06 00 01 00 00 00 00 01", cause: .activation,
            [(0, .C_RP_NA_1(.init(qualifier: .init(rawValue: 1))))]),
        GoldenASDU(
            "106 delay of 1000 ms", "6A 01 06 00 01 00 00 00 00 E8 03", cause: .activation,
            [(0, .C_CD_NA_1(.init(delay: .init(milliseconds: 1000))))]),
        GoldenASDU(
            "107 test", "6B 01 06 00 01 00 00 00 00 34 12 E8 03 1E 0C 2F 06 1A", cause: .activation,
            [(0, .C_TS_TA_1(.init(counter: 0x1234, time: .clock)))]),
        GoldenASDU(
            "107 counter FFFF", "6B 01 07 00 01 00 00 00 00 FF FF E8 03 1E 0C 2F 06 1A",
            cause: .activationConfirmation, [(0, .C_TS_TA_1(.init(counter: 0xFFFF, time: .clock)))]),
    ]

    @Test(
        "INI-01 GI-01 GI-18 CI-01 RD-01 CS-01 TST-01 TST-05 RST-01 system functions have the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("INI-03 GI-07 CI-03 qualifiers come out of the octet by name")
    func names() {
        let initialization = CauseOfInitialization(rawValue: 0x81)
        #expect(initialization.cause == 1 && initialization.parametersChanged)
        let counters = QualifierOfCounterInterrogation(rawValue: 0xC5)
        #expect(counters.request == 5 && counters.freeze == 3)
        #expect(QualifierOfInterrogation.group(1).rawValue == 21)
        #expect(QualifierOfInterrogation.group(0).rawValue == 21)
        #expect(QualifierOfInterrogation.group(17).rawValue == 36)
    }
}
