import ControllingStation

/// Parameters and files: refused where they aren't there.
enum ParameterAndFileCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "PAR-01", .conditional, "Threshold",
            stimulus: "T112 to 1601, R32 0.5, QPM 01",
            expectation: "T112 COT 7 mirrored; dead band 0.5 in effect; no term",
            timing: "prompt",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "PAR-02", .conditional, "Other kinds",
            stimulus: "QPM 02 smoothing, 03 low limit, 04 high limit",
            expectation: "con+ or con- per declaration",
            timing: "prompt",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "PAR-03", .declared, "Reserved kind",
            stimulus: "QPM 00, 05",
            expectation: "con-",
            timing: "prompt",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "PAR-04", .declared, "Wrong type for the point",
            stimulus: "T110 to a float point",
            expectation: "COT 47 or con-",
            timing: "prompt",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "PAR-05", .prescribed, "Unknown IOA",
            stimulus: "T112 to 9999",
            expectation: "COT 47, P/N=1",
            timing: "prompt",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "PAR-06", .conditional, "Activation",
            stimulus: "T113 QPA 3 COT 6, then COT 8",
            expectation: "COT 7, COT 9; cyclic transmission starts, stops",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "PAR-07", .conditional, "Not supported",
            stimulus: "T110..T113",
            expectation: "COT 44, P/N=1",
            timing: "prompt",
            needs: [.noFunction(.parameters), .permission("change its parameters")]
        ) { test in
            guard let point = test.profile.interrogated(test.ca).first else {
                throw CaseStop.skipped("no point is known")
            }
            let a = try await test.start()
            for (type, element): (UInt8, [UInt8]) in [
                (110, [0, 0x40, 1]), (111, [1, 0, 1]), (112, [0, 0, 0, 0x3F, 1]), (113, [3]),
            ] {
                let request = RawRequest(type, ca: test.ca, ioa: point.objectAddress, element)
                try await a.refused(request, cause: 44)
            }
        },
        ConformanceCase(
            "PAR-08", .declared, "Reported on interrogation",
            stimulus: "T100 after PAR-01",
            expectation: "Parameters sent with COT 20 only if declared",
            obstacle: "parameters aren't part of this suite"),
        ConformanceCase(
            "FT-01", .conditional, "Not supported",
            stimulus: "T122",
            expectation: "COT 44, P/N=1",
            timing: "prompt",
            needs: [.noFunction(.files)]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(122, cause: 13, ca: test.ca, ioa: 1, [1, 0, 0, 1])
            try await a.refused(request, cause: 44)
        },
        ConformanceCase(
            "FT-02", .conditional, "Directory",
            stimulus: "T122 COT 5, SCQ 00",
            expectation: "T126 COT 5, entries with NOF, LOF, SOF, time; LFD on the last",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-03", .conditional, "Spontaneous directory",
            stimulus: "New file appears",
            expectation: "T126 COT 3",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-04", .conditional, "Select file",
            stimulus: "T122 COT 13, SCQ 01",
            expectation: "T120 COT 13, FRQ bit 8 = 0, length of file",
            timing: "prompt",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-05", .conditional, "Unknown file",
            stimulus: "T122, NOF not existing",
            expectation: "T120 with FRQ 80 set (negative), or COT 47",
            timing: "prompt",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-06", .conditional, "Call file, section",
            stimulus: "SCQ 02; then SCQ 06",
            expectation: "T121 section ready; T125 segments ≤ 236 octets; T123 LSQ 3 with check sum (sum modulo 256)",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-07", .conditional, "Section confirmed",
            stimulus: "T124 AFQ 3",
            expectation: "Next T121, or T123 LSQ 1 at the end",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-08", .conditional, "Section refused",
            stimulus: "T124 AFQ 4 (check sum wrong)",
            expectation: "Section offered again",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-09", .conditional, "File confirmed",
            stimulus: "T124 AFQ 1",
            expectation: "Transfer ends",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-10", .conditional, "Deactivate",
            stimulus: "SCQ 03 in the middle",
            expectation: "T123 LSQ 2 or 4, transfer ends",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-11", .declared, "Parallel requests",
            stimulus: "Second file, second master",
            expectation: "One at a time, or declared",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-12", .declared, "Data and file",
            stimulus: "Events while a file is sent",
            expectation: "Events not delayed by more than one segment window",
            timing: "< 1 s",
            obstacle: "file transfer isn't part of this suite"),
        ConformanceCase(
            "FT-13", .conditional, "Download",
            stimulus: "T120 from the master",
            expectation: "T122 select/call, or negative if not supported",
            obstacle: "file transfer isn't part of this suite"),
    ]
}
