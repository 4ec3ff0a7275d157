import IEC104Model
import Testing

@Suite("Golden octets: parameters")
struct ParameterGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU(
            "110 smoothing factor", "6E 01 06 00 01 00 79 05 00 00 40 02", cause: .activation,
            [(1401, .P_ME_NA_1(.init(value: .init(rawValue: 0x4000), qualifier: .init(rawValue: 2))))]),
        GoldenASDU(
            "111 high limit", "6F 01 06 00 01 00 DD 05 00 E8 03 04", cause: .activation,
            [(1501, .P_ME_NB_1(.init(value: 1000, qualifier: .init(rawValue: 4))))]),
        GoldenASDU(
            "112 threshold", "70 01 06 00 01 00 41 06 00 00 00 00 3F 01", cause: .activation,
            [(1601, .P_ME_NC_1(.init(value: 0.5, qualifier: .init(rawValue: 1))))]),
        GoldenASDU(
            "113 cyclic transmission", "71 01 06 00 01 00 41 06 00 03", cause: .activation,
            [(1601, .P_AC_NA_1(.init(qualifier: .init(rawValue: 3))))]),
    ]

    @Test("PAR-01 PAR-02 PAR-06 parameters are read from and written to the standard's octets", arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("PAR-02 the kind comes out of the octet by name")
    func names() {
        #expect(QualifierOfParameter(rawValue: 0xC3).kind == 3)
    }
}
