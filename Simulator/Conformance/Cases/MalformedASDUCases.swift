import ControllingStation
import IEC104Model

/// ASDUs that don't hold what they announce, and those that the station sends.
enum MalformedASDUCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "DUI-26", .declared, "ASDU too short",
            stimulus:
                "T45 without SCO: 68 0D 00 00 00 00 2D 01 06 00 01 00 D1 07 00; where no T45 is declared, an interrogation without QOI",
            expectation: "Not executed; close, discard, or con-; received I still counted if the connection stays",
            company: .feeding,
            answers: ["close", "discard", "refuse"]
        ) { test in
            let request = try await test.commandOrInterrogation()
            test.observe(try await test.unfitting(request.octets.dropLast(), mayAccept: false))
        },
        ConformanceCase(
            "DUI-27", .declared, "ASDU too long",
            stimulus: "T45 with two extra octets; where none is declared, an interrogation",
            expectation: "Discard or close (common) or accept the first object; declared",
            company: .feeding,
            answers: ["close", "discard", "refuse", "accept"]
        ) { test in
            let request = try await test.commandOrInterrogation()
            test.observe(try await test.unfitting(request.octets + [0, 0], mayAccept: true))
        },
        ConformanceCase(
            "DUI-28", .robustness, "VSQ count above content",
            stimulus: "T45 VSQ 05, one object; where none is declared, an interrogation",
            expectation: "Discard or close; no over-read",
            company: .feeding
        ) { test in
            let request = try await test.commandOrInterrogation().with { $0.structure = 5 }
            _ = try await test.unfitting(request.octets, mayAccept: false)
        },
        ConformanceCase(
            "DUI-29", .declared, "VSQ 0 objects",
            stimulus: "T45 VSQ 00; where none is declared, an interrogation",
            expectation: "Discard or negative",
            company: .feeding,
            answers: ["close", "discard", "refuse"]
        ) { test in
            let request = try await test.commandOrInterrogation().with { $0.structure = 0 }
            test.observe(try await test.unfitting(request.octets, mayAccept: false))
        },
        ConformanceCase(
            "DUI-30", .prescribed, "Several objects in a command",
            stimulus: "T45 VSQ 02, the same IOA twice",
            expectation: "Commands are single-object: none executed; negative or discard",
            needs: [.command(.C_SC_NA_1)]
        ) { test in
            let a = try await test.start()
            let command = try test.singleCommand()
            let request = command.with {
                $0.structure = 2
                $0.element += command.octets.dropFirst(6)
            }
            try await a.send(request)
            let frames = try await a.frames(for: test.pace.silence).filter(FramePattern.anyAnswer(to: request).matches)
            let executed = frames.filter { ($0.cause == 7 && !$0.isNegative) || $0.cause == 10 }
            try test.check(executed.isEmpty, "none of the commands executed", came: FrameText.of(executed))
        },
        ConformanceCase(
            "DUI-31", .declared, "SQ=1 in a command",
            stimulus: "T45 VSQ 81",
            expectation: "Not executed; negative or discard (some accept one object)",
            needs: [.command(.C_SC_NA_1)],
            answers: ["close", "discard", "refuse", "accept"]
        ) { test in
            let request = try test.singleCommand().with { $0.structure = 0x81 }
            test.observe(try await test.unfitting(request.octets, mayAccept: true))
        },
        ConformanceCase(
            "DUI-32", .prescribed, "Largest ASDU sent",
            stimulus: "T100",
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
            stimulus: "T100 over consecutive points",
            expectation: "ASDUs with SQ = 1: one IOA, elements with consecutive addresses",
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
            stimulus: "T100",
            expectation: "ASDUs with SQ = 0: as many (IOA, element) as VSQ says"
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
            stimulus: "T100 over points of several types",
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
            stimulus: "T100 over the declared ones of points 65535, 65536, 16777215",
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
            stimulus: "T100 to a CA above 255",
            expectation: "Its points, both octets of the CA in use"
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
