import ControllingStation
import IEC104Model

/// Each type in monitor direction, octet by octet.
enum MonitoredTypeCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "MON-01", .conditional, "1 M_SP_NA_1",
            stimulus: "Each value through the data source: off 00, on 01, on+IV 81, BL 10, SB 20, NT 40; bits 2-4 zero",
            expectation:
                "Exactly these octets, spontaneously and in an interrogation; causes allowed: 2 3 5 11 12 20-36",
            needs: [.feed, .point(.M_SP_NA_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_SP_NA_1,
                [
                    .init(.bool(false), "00"), .init(.bool(true), "01"), .init(.bool(true), ["IV"], "81"),
                    .init(.bool(false), ["BL"], "10"), .init(.bool(false), ["SB"], "20"),
                    .init(.bool(false), ["NT"], "40"),
                ])
        },
        ConformanceCase(
            "MON-02", .conditional, "3 M_DP_NA_1",
            stimulus: "Each value through the data source: intermediate 00, off 01, on 02, indeterminate 03, +IV 82",
            expectation:
                "Exactly these octets, spontaneously and in an interrogation; causes allowed: 2 3 5 11 12 20-36",
            needs: [.feed, .point(.M_DP_NA_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_DP_NA_1,
                [
                    .init(.integer(0), "00"), .init(.integer(1), "01"), .init(.integer(2), "02"),
                    .init(.integer(3), "03"),
                    .init(.integer(2), ["IV"], "82"),
                ])
        },
        ConformanceCase(
            "MON-03", .conditional, "5 M_ST_NA_1",
            stimulus:
                "Each value through the data source: 0 00 00, +63 3F 00, -64 40 00, -1 7F 00, transient +1 81 00, OV 3F 01",
            expectation:
                "Exactly these octets, spontaneously and in an interrogation; causes allowed: 2 3 5 11 12 20-36",
            needs: [.feed, .point(.M_ST_NA_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_ST_NA_1,
                [
                    .init(.integer(0), "00 00"), .init(.integer(63), "3F 00"), .init(.integer(-64), "40 00"),
                    .init(.integer(-1), "7F 00"), .init(.integer(1), "81 00", isTransient: true),
                    .init(.integer(63), ["OV"], "3F 01"),
                ])
        },
        ConformanceCase(
            "MON-04", .conditional, "7 M_BO_NA_1",
            stimulus: "Each value through the data source: 0x12345678 78 56 34 12 00, all ones FF FF FF FF 00",
            expectation: "Exactly these octets, spontaneously and in an interrogation; causes allowed: 2 3 5 20-36",
            needs: [.feed, .point(.M_BO_NA_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_BO_NA_1,
                [.init(.integer(0x1234_5678), "78 56 34 12 00"), .init(.integer(0xFFFF_FFFF), "FF FF FF FF 00")])
        },
        ConformanceCase(
            "MON-05", .conditional, "9 M_ME_NA_1",
            stimulus:
                "Each value through the data source: 0 00 00 00, +0.5 00 40 00, +1-2⁻¹⁵ FF 7F 00, -1 00 80 00, overflow FF 7F 01",
            expectation: "Exactly these octets, spontaneously and in an interrogation; causes allowed: 1 2 3 5 20-36",
            needs: [.feed, .point(.M_ME_NA_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_ME_NA_1,
                [
                    .init(.number(0), "00 00 00"), .init(.number(0.5), "00 40 00"),
                    .init(.number(0.999969482421875), "FF 7F 00"), .init(.number(-1), "00 80 00"),
                    .init(.number(1.5), "FF 7F 01"),
                ])
        },
        ConformanceCase(
            "MON-06", .conditional, "11 M_ME_NB_1",
            stimulus:
                "Each value through the data source: 32767 FF 7F 00, -32768 00 80 00, -1 FF FF 00, out of range: clamped and OV 01",
            expectation: "Exactly these octets, spontaneously and in an interrogation; causes allowed: 1 2 3 5 20-36",
            needs: [.feed, .point(.M_ME_NB_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_ME_NB_1,
                [
                    .init(.integer(32_767), "FF 7F 00"), .init(.integer(-32_768), "00 80 00"),
                    .init(.integer(-1), "FF FF 00"),
                    .init(.integer(40_000), "FF 7F 01"), .init(.integer(-40_000), "00 80 01"),
                ])
        },
        ConformanceCase(
            "MON-07", .conditional, "13 M_ME_NC_1",
            stimulus:
                "Each value through the data source: 1.5 00 00 C0 3F 00, -0.0 00 00 00 80 00, 3.4028235e38 FF FF 7F 7F 00",
            expectation: "Exactly these octets, spontaneously and in an interrogation; causes allowed: 1 2 3 5 20-36",
            needs: [.feed, .point(.M_ME_NC_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_ME_NC_1,
                [
                    .init(.number(1.5), "00 00 C0 3F 00"), .init(.number(-0.0), "00 00 00 80 00"),
                    .init(.number(3.4028234663852886e38), "FF FF 7F 7F 00"),
                ])
        },
        ConformanceCase(
            "MON-08", .conditional, "15 M_IT_NA_1",
            stimulus:
                "Each value through the data source: 1 01 00 00 00 00, -1 FF FF FF FF 00, IV 80",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 37-41",
            needs: [.feed, .point(.M_IT_NA_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_IT_NA_1,
                [
                    .init(.integer(1), "01 00 00 00 00"), .init(.integer(-1), "FF FF FF FF 00"),
                    .init(.integer(1), ["IV"], "01 00 00 00 80"),
                ])
        },
        ConformanceCase(
            "MON-09", .conditional, "20 M_PS_NA_1",
            stimulus:
                "Each value through the data source: ST 0x8001, CD 0x0001: 01 80 01 00 00; CD bits cleared after transmission",
            expectation:
                "Exactly these octets, spontaneously and in an interrogation; causes allowed: 2 3 5 11 12 20-36",
            needs: [.feed, .point(.M_PS_NA_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_PS_NA_1)
            let a = try await test.start()
            try await test.feed(FeedUpdate(point, .integer(0x1_8001)))
            let elements = try await a.elements(of: point, 1)
            try test.check(
                elements.last == [0x01, 0x80, 0x01, 0x00, 0x00], "01 80 01 00 00: bit 1 has changed",
                came: FrameText.octets(elements.last ?? []))
            let answer = try await a.interrogate(test.interrogation(ca: point.commonAddress))
            let element = answer.data(cause: 20).flatMap { $0.elements(of: point) }.last ?? []
            try test.check(
                element == [0x01, 0x80, 0x00, 0x00, 0x00], "01 80 00 00 00: changes are told once",
                came: FrameText.octets(element))
        },
        ConformanceCase(
            "MON-10", .conditional, "21 M_ME_ND_1",
            stimulus: "Each value through the data source: -1 00 80; no quality octet",
            expectation: "Exactly these octets, spontaneously and in an interrogation; causes allowed: 1 2 3 5 20-36",
            needs: [.feed, .point(.M_ME_ND_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_ME_ND_1, [.init(.number(-1), "00 80"), .init(.number(0.5), "00 40")])
        },
        ConformanceCase(
            "MON-11", .conditional, "30 M_SP_TB_1",
            stimulus: "Each value through the data source: SIQ + CP56Time2a",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5 11 12",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_SP_TB_1, [.init(.bool(true), "01"), .init(.bool(false), ["NT"], "40")])
        },
        ConformanceCase(
            "MON-12", .conditional, "31 M_DP_TB_1",
            stimulus: "Each value through the data source: DIQ + CP56Time2a",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5 11 12",
            needs: [.feed, .point(.M_DP_TB_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_DP_TB_1, [.init(.integer(2), "02"), .init(.integer(1), ["IV"], "81")])
        },
        ConformanceCase(
            "MON-13", .conditional, "32 M_ST_TB_1",
            stimulus: "Each value through the data source: VTI, QDS, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5 11 12",
            needs: [.feed, .point(.M_ST_TB_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_ST_TB_1, [.init(.integer(-64), "40 00"), .init(.integer(63), "3F 00")])
        },
        ConformanceCase(
            "MON-14", .conditional, "33 M_BO_TB_1",
            stimulus: "Each value through the data source: BSI, QDS, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5",
            needs: [.feed, .point(.M_BO_TB_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_BO_TB_1, [.init(.integer(0x1234_5678), "78 56 34 12 00")])
        },
        ConformanceCase(
            "MON-15", .conditional, "34 M_ME_TD_1",
            stimulus: "Each value through the data source: NVA, QDS, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5",
            needs: [.feed, .point(.M_ME_TD_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_ME_TD_1, [.init(.number(0.5), "00 40 00"), .init(.number(-1), "00 80 00")])
        },
        ConformanceCase(
            "MON-16", .conditional, "35 M_ME_TE_1",
            stimulus: "Each value through the data source: SVA, QDS, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5",
            needs: [.feed, .point(.M_ME_TE_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_ME_TE_1, [.init(.integer(-1), "FF FF 00"), .init(.integer(7), "07 00 00")])
        },
        ConformanceCase(
            "MON-17", .conditional, "36 M_ME_TF_1",
            stimulus: "Each value through the data source: R32, QDS, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 5",
            needs: [.feed, .point(.M_ME_TF_1)], company: .feeding
        ) { test in
            try await test.checkElements(
                .M_ME_TF_1, [.init(.number(1.5), "00 00 C0 3F 00"), .init(.number(-1.25), ["IV"], "00 00 A0 BF 80")])
        },
        ConformanceCase(
            "MON-18", .conditional, "37 M_IT_TB_1",
            stimulus: "Each value through the data source: BCR, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3 37-41",
            needs: [.feed, .point(.M_IT_TB_1)], company: .feeding
        ) { test in
            try await test.checkElements(.M_IT_TB_1, [.init(.integer(4711), "67 12 00 00 00")])
        },
        ConformanceCase(
            "MON-19", .conditional, "38 M_EP_TD_1",
            stimulus:
                "Each value through the data source: SEP (event state bits 1-2, EI 08, BL, SB, NT, IV), CP16 elapsed ms, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3",
            obstacle: "no data source of this bench feeds types 38 to 40"),
        ConformanceCase(
            "MON-20", .conditional, "39 M_EP_TE_1",
            stimulus: "Each value through the data source: SPE (GS 01 … SRD 20), QDP, CP16, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3",
            obstacle: "no data source of this bench feeds types 38 to 40"),
        ConformanceCase(
            "MON-21", .conditional, "40 M_EP_TF_1",
            stimulus: "Each value through the data source: OCI (GC 01, CL1 02, CL2 04, CL3 08), QDP, CP16, time",
            expectation: "Exactly these octets, spontaneously; causes allowed: 3",
            obstacle: "no data source of this bench feeds types 38 to 40"),
    ]
}
