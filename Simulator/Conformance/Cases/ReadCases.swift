import ControllingStation
import IEC104Model

/// Read.
enum ReadCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "RD-01", .conditional, "Read",
            stimulus: "68 0D 00 00 00 00 66 01 05 00 01 00 E9 03 00",
            expectation: "68 0E 00 00 02 00 01 01 05 00 01 00 E9 03 00 01; no ActCon of T102",
            timing: "prompt",
            needs: [.function(.read), .point(.M_SP_NA_1)]
        ) { test in
            let a = try await test.start()
            guard let point = test.profile.points.first(where: { $0.type.withoutTimeTag == .M_SP_NA_1 }) else {
                throw CaseStop.skipped("no single point")
            }
            try await a.send(test.read(point))
            let frames = try await a.frames(
                until: FramePattern.point(point, cause: 5).or(.anyAnswer(to: test.read(point))))
            let confirmations = frames.filter { $0.type == 102 }
            try test.check(
                confirmations.isEmpty, "no confirmation of the read command", came: FrameText.of(confirmations))
            let more = try await a.frames(for: .milliseconds(500)).filter { $0.type == 102 }
            try test.check(more.isEmpty, "no confirmation of the read command", came: FrameText.of(more))
        },
        ConformanceCase(
            "RD-02", .conditional, "Each type",
            stimulus: "T102 on a point of each type",
            expectation: "Type of the point (with or without time tag: declared), COT 5",
            timing: "prompt",
            needs: [.function(.read)],
            answers: ["own-type", "without-time-tag"]
        ) { test in
            let a = try await test.start()
            var answers: Set<String> = []
            for type in Set(test.profile.points.map(\.type)).sorted() {
                guard let point = test.profile.points.first(where: { $0.type == type && $0.commonAddress == test.ca })
                else {
                    continue
                }
                try await a.send(test.read(point))
                let frame = try await a.expect(.point(point, cause: 5))
                try test.check(
                    frame.type == type.rawValue || frame.type == type.withoutTimeTag.rawValue, "type \(type)",
                    came: FrameText.of(frame))
                if type.hasTimeTag { answers.insert(frame.type == type.rawValue ? "own-type" : "without-time-tag") }
            }
            if let answer = answers.first, answers.count == 1 { test.observe(answer) }
        },
        ConformanceCase(
            "RD-03", .prescribed, "Unknown IOA",
            stimulus: "T102 to an unknown IOA",
            expectation: "T102 COT 47, P/N=1",
            timing: "prompt",
            needs: [.function(.read)]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(102, cause: 5, ca: test.ca, ioa: test.unknownIOA)
            try await a.refused(request, cause: 47)
        },
        ConformanceCase(
            "RD-04", .declared, "Command IOA",
            stimulus: "T102 to the IOA of a command",
            expectation: "COT 47, P/N=1",
            timing: "prompt",
            needs: [.function(.read), .command(.C_SC_NA_1)]
        ) { test in
            let a = try await test.start()
            let command = try test.singleCommand()
            let request = RawRequest(102, cause: 5, ca: command.commonAddress, ioa: command.objectAddress)
            try await a.refused(request, cause: 47)
        },
        ConformanceCase(
            "RD-05", .prescribed, "Originator",
            stimulus: "T102 with OA 9",
            expectation: "Answer with OA 9, only to the asking master",
            needs: [.function(.read), .connections(2)]
        ) { test in
            let a = try await test.start()
            let b = try await test.start()
            guard let point = test.profile.points.first else { throw CaseStop.skipped("no point") }
            try await a.send(test.read(point).with { $0.originator = 9 })
            let frame = try await a.expect(.point(point, cause: 5))
            try test.check(frame.originator == 9, "originator address 9", came: FrameText.of(frame))
            try await b.expectNone(.point(point, cause: 5))
        },
        ConformanceCase(
            "RD-06", .prescribed, "Wrong COT",
            stimulus: "T102 with COT 6",
            expectation: "COT 45, P/N=1",
            timing: "prompt",
            needs: [.function(.read)]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(102, cause: 6, ca: test.ca, ioa: test.profile.points.first?.objectAddress ?? 1001)
            try await a.refused(request, cause: 45)
        },
        ConformanceCase(
            "RD-07", .conditional, "Invalid point",
            stimulus: "T102 to a point with IV",
            expectation: "Answered with IV",
            needs: [.function(.read), .feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            try await test.feed(FeedUpdate(point, .bool(true), quality: ["IV"]))
            try await a.expect(.point(point, cause: 3))
            try await a.send(test.read(point))
            let frame = try await a.expect(.point(point, cause: 5))
            let quality = frame.points.first?.information?.quality
            try test.check(quality == .invalid, "the point with IV", came: FrameText.of(frame))
        },
        ConformanceCase(
            "RD-08", .conditional, "Not supported",
            stimulus: "T102",
            expectation: "COT 44, P/N=1",
            timing: "prompt",
            needs: [.noFunction(.read)]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(102, cause: 5, ca: test.ca, ioa: test.profile.points.first?.objectAddress ?? 1001)
            try await a.refused(request, cause: 44)
        },
    ]
}
