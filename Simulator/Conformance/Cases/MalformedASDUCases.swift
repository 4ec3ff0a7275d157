import IEC104Model

/// ASDUs that don't hold what they announce, and those that the station sends.
enum MalformedASDUCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "DUI-26", .declared, "ASDU too short",
            stimulus: "T45 without SCO: 68 0D 00 00 00 00 2D 01 06 00 01 00 D1 07 00",
            expectation: "Not executed; close, discard, or con-; received I still counted if the connection stays",
            answers: ["close", "discard", "refuse"]
        ) { test in
            test.observe(try await test.unfitting(test.interrogation().octets.dropLast(), mayAccept: false))
        },
        ConformanceCase(
            "DUI-27", .declared, "ASDU too long",
            stimulus: "T45 with two extra octets",
            expectation: "Discard or close (common) or accept the first object; declared",
            answers: ["close", "discard", "refuse", "accept"]
        ) { test in
            test.observe(try await test.unfitting(test.interrogation().octets + [0, 0], mayAccept: true))
        },
        ConformanceCase(
            "DUI-28", .robustness, "VSQ count above content",
            stimulus: "T45 VSQ 05, one object",
            expectation: "Discard or close; no over-read"
        ) { test in
            let request = test.interrogation().with { $0.structure = 5 }
            _ = try await test.unfitting(request.octets, mayAccept: true)
        },
        ConformanceCase(
            "DUI-29", .declared, "VSQ 0 objects",
            stimulus: "T45 VSQ 00",
            expectation: "Discard or negative",
            answers: ["close", "discard", "refuse"]
        ) { test in
            let request = test.interrogation().with { $0.structure = 0 }
            test.observe(try await test.unfitting(request.octets, mayAccept: false))
        },
        ConformanceCase(
            "DUI-30", .prescribed, "Several objects in a command",
            stimulus: "T45 VSQ 02, IOA 2001 and 2002",
            expectation: "Commands are single-object: none executed; negative or discard",
            needs: [.command(.C_SC_NA_1)]
        ) { test in
            let a = try await test.start()
            let command = test.singleCommand
            let request = command.with {
                $0.structure = 2
                $0.element += command.octets.dropFirst(6)
            }
            try await a.send(request)
            let frames = try await a.frames(for: test.pace.silence)
            let executed = frames.filter { ($0.cause == 7 && !$0.isNegative) || $0.cause == 10 || $0.cause == 11 }
            try test.check(executed.isEmpty, "none of the commands executed", came: FrameText.of(executed))
        },
        ConformanceCase(
            "DUI-31", .declared, "SQ=1 in a command",
            stimulus: "T45 VSQ 81",
            expectation: "Not executed; negative or discard (some accept one object)",
            needs: [.command(.C_SC_NA_1)],
            answers: ["close", "discard", "refuse", "accept"]
        ) { test in
            let request = test.singleCommand.with { $0.structure = 0x81 }
            test.observe(try await test.unfitting(request.octets, mayAccept: true))
        },
        ConformanceCase(
            "DUI-32", .prescribed, "Largest ASDU sent",
            stimulus: "GI over 200 floats",
            expectation: "ASDU ≤ 249, APDU length ≤ 253"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            let long = answer.frames.filter { $0.octets.count > 255 || $0.asdu.count > 249 }
            try test.check(long.isEmpty, "ASDUs of 249 octets at most", came: FrameText.of(long))
        },
        ConformanceCase(
            "DUI-33", .conditional, "Smaller configured maximum",
            stimulus: "Max. ASDU 100",
            expectation: "No ASDU above it",
            obstacle: "no smaller maximum can be set from here"),
        ConformanceCase(
            "DUI-34", .conditional, "SQ=1 packing",
            stimulus: "40 consecutive single points, SQ enabled",
            expectation: "VSQ A8, one IOA, 40 elements; addresses consecutive",
            needs: [.function(.sequences)]
        ) { test in
            let a = try await test.start()
            let sequences = try await a.interrogate(test.interrogation()).frames.filter {
                ($0.structure ?? 0) & 0x80 != 0
            }
            try test.require(!sequences.isEmpty, "no ASDU with SQ = 1 came")
            for frame in sequences {
                let addresses = frame.points.map { Int($0.address.informationObjectAddress.rawValue) }
                let first = addresses.first ?? 0
                try test.check(
                    addresses == Array(first..<first + Int((frame.structure ?? 0) & 0x7F)),
                    "one address and elements that follow from it", came: FrameText.of(frame))
            }
        },
        ConformanceCase(
            "DUI-35", .prescribed, "SQ=0 packing",
            stimulus: "Same, SQ disabled",
            expectation: "VSQ 28, 40 × (IOA, element)"
        ) { test in
            let a = try await test.start()
            let singles = try await a.interrogate(test.interrogation()).data(cause: 20).filter {
                ($0.structure ?? 0) & 0x80 == 0
            }
            for frame in singles {
                let count = Int((frame.structure ?? 0) & 0x7F)
                try test.check(
                    count > 0 && frame.points.count == count && (frame.asdu.count - 6) % count == 0,
                    "\(count) addresses, each with its element", came: FrameText.of(frame))
            }
        },
        ConformanceCase(
            "DUI-36", .prescribed, "No mixing",
            stimulus: "Points of several types and CAs",
            expectation: "One type, one COT, one CA per ASDU"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            for frame in answer.data(cause: 20) {
                try test.check(
                    frame.commonAddress == test.ca && Set(frame.points.map(\.type)).count == 1,
                    "one type and one common address in an ASDU", came: FrameText.of(frame))
                for point in frame.points {
                    let declared = test.profile.points.first { $0.address == point.address }
                    try test.check(
                        declared == nil || declared?.type.withoutTimeTag == point.type.withoutTimeTag,
                        "each point with its own type", came: FrameText.of(frame))
                }
            }
        },
        ConformanceCase(
            "DUI-37", .prescribed, "Address boundaries",
            stimulus: "Points 65535, 65536, 16777215",
            expectation: "FF FF 00, 00 00 01, FF FF FF"
        ) { test in
            let boundaries = [65_535, 65_536, 16_777_215]
            let declared = test.profile.interrogated(test.ca).map(\.objectAddress).filter(boundaries.contains)
            if declared.isEmpty { throw CaseStop.skipped("the profile has no point at an address boundary") }
            let a = try await test.start()
            let points = try await a.interrogate(test.interrogation()).points(cause: 20)
            let reported = points.map { Int($0.address.informationObjectAddress.rawValue) }.filter(boundaries.contains)
            try test.check(reported.sorted() == declared.sorted(), "the addresses \(declared)", came: "\(reported)")
        },
        ConformanceCase(
            "DUI-38", .prescribed, "CA above 255",
            stimulus: "Station with CA 1054",
            expectation: "1E 04"
        ) { test in
            guard let address = test.profile.commonAddresses.first(where: { $0 > 255 }) else {
                throw CaseStop.skipped("the profile has no common address above 255")
            }
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation(ca: address))
            let expected = Set(test.profile.interrogated(address).map(\.objectAddress))
            let reported = Set(answer.points(cause: 20).map { Int($0.address.informationObjectAddress.rawValue) })
            try test.check(
                reported == expected, "the points of common address \(address)", came: "\(reported.sorted())")
        },
    ]
}
