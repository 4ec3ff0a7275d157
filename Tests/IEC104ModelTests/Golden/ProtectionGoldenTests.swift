import IEC104Model
import Testing

@Suite("Golden octets: protection equipment")
struct ProtectionGoldenTests {
    static let examples: [GoldenASDU] = [
        GoldenASDU(
            "17 on after 100 ms", "11 01 03 00 01 00 0A 00 00 02 64 00 5F EA 3B",
            [(10, .M_EP_TA_1(.init(event: .init(rawValue: 0x02), elapsed: elapsed, time: .golden)))]),
        GoldenASDU(
            "18 GS and SL2", "12 01 03 00 01 00 0A 00 00 05 08 64 00 5F EA 3B",
            [
                (
                    10,
                    .M_EP_TB_1(
                        .init(
                            events: .init(rawValue: 0x05), quality: .elapsedTimeInvalid, duration: elapsed,
                            time: .golden))
                )
            ]),
        GoldenASDU(
            "19 GC and CL3", "13 01 03 00 01 00 0A 00 00 09 80 64 00 5F EA 3B",
            [
                (
                    10,
                    .M_EP_TC_1(
                        .init(
                            circuits: .init(rawValue: 0x09), quality: .invalid, operatingTime: elapsed, time: .golden))
                )
            ]),
        GoldenASDU(
            "38 off, EI", "26 01 03 00 01 00 0A 00 00 09 5F EA 5F EA 3B 01 FD 03 1A",
            [
                (
                    10,
                    .M_EP_TD_1(
                        .init(
                            event: .init(rawValue: 0x09), elapsed: .init(milliseconds: 59_999), time: .golden))
                )
            ]),
        GoldenASDU(
            "38 two objects",
            "26 02 03 00 01 00 0A 00 00 01 64 00 5F EA 3B 01 FD 03 1A 0B 00 00 82 00 00 E8 03 1E 0C 2F 06 1A",
            [
                (10, .M_EP_TD_1(.init(event: .init(rawValue: 0x01), elapsed: elapsed, time: .golden))),
                (11, .M_EP_TD_1(.init(event: .init(rawValue: 0x82), elapsed: .init(milliseconds: 0), time: .clock))),
            ]),
        GoldenASDU(
            "39 GS and SRD", "27 01 03 00 01 00 0A 00 00 21 00 64 00 5F EA 3B 01 FD 03 1A",
            [
                (
                    10,
                    .M_EP_TE_1(
                        .init(events: .init(rawValue: 0x21), quality: .good, duration: elapsed, time: .golden))
                )
            ]),
        GoldenASDU(
            "40 CL1 and CL2", "28 01 03 00 01 00 0A 00 00 06 48 64 00 5F EA 3B 01 FD 03 1A",
            [
                (
                    10,
                    .M_EP_TF_1(
                        .init(
                            circuits: .init(rawValue: 0x06), quality: [.notTopical, .elapsedTimeInvalid],
                            operatingTime: elapsed, time: .golden))
                )
            ]),
    ]

    private static let elapsed = CP16Time2a(milliseconds: 100)

    @Test(
        "MON-19 MON-20 MON-21 protection events are read from and written to the standard's octets",
        arguments: examples)
    func bothWays(example: GoldenASDU) throws {
        try example.holdsBothWays()
    }

    @Test("MON-19 state and quality of a single event come out of the octet by name")
    func names() {
        let event = SingleEventOfProtection(rawValue: 0x8A)
        #expect(event.state == .on)
        #expect(event.quality == [.invalid, .elapsedTimeInvalid])
    }
}
