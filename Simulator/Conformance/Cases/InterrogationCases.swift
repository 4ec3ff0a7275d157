import ControllingStation
import IEC104Model

/// The answer to an interrogation.
enum InterrogationCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "GI-01", .prescribed, "Station interrogation",
            stimulus: "68 0E 00 00 00 00 64 01 06 00 01 00 00 00 00 14",
            expectation:
                "68 0E 00 00 02 00 64 01 07 00 01 00 00 00 00 14; all points COT 20; 68 0E xx xx 02 00 64 01 0A 00 01 00 00 00 00 14",
            timing: "con prompt"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            try test.check(!answer.points(cause: 20).isEmpty, "points with cause 20", came: FrameText.of(answer.frames))
        },
        ConformanceCase(
            "GI-02", .prescribed, "Completeness",
            stimulus: "As GI-01",
            expectation: "Every interrogable point of the CA exactly once, and no other"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            try test.checkComplete(answer.points(cause: 20), of: test.ca)
        },
        ConformanceCase(
            "GI-03", .prescribed, "Types",
            stimulus: "As GI-01",
            expectation: "Only T1 3 5 7 9 11 13 20 21; never T30-40; never T15, T37; no T38-40"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            let allowed: Set<UInt8> = [1, 3, 5, 7, 9, 11, 13, 20, 21]
            let others = answer.frames.filter { (1...40).contains($0.cause ?? 0) && (20...41).contains($0.cause ?? 0) }
                .filter { !allowed.contains($0.type ?? 0) }
            try test.check(others.isEmpty, "only types without time tag, and no counters", came: FrameText.of(others))
        },
        ConformanceCase(
            "GI-04", .prescribed, "COT",
            stimulus: "As GI-01",
            expectation: "20, not 3, not 37"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            let others = answer.frames.filter { !$0.points.isEmpty && $0.cause != 20 }
            let wrong = others.filter { !$0.isSpontaneous }
            try test.check(wrong.isEmpty, "cause 20", came: FrameText.of(wrong))
            // A spontaneous report of a live station stands beside the answer, never for it.
            let answered = Set(answer.points(cause: 20).map(\.address))
            let missing = others.filter { frame in
                frame.points.contains { $0.type.withoutTimeTag != .M_IT_NA_1 && !answered.contains($0.address) }
            }
            try test.check(
                missing.isEmpty && !answered.isEmpty, "every point with cause 20", came: FrameText.of(others))
        },
        ConformanceCase(
            "GI-05", .prescribed, "Order",
            stimulus: "As GI-01",
            expectation: "con before first data, term after last data"
        ) { test in
            let a = try await test.start()
            let request = test.interrogation()
            try await a.send(request)
            let frames = try await a.answer(until: .termination(of: request))
            let confirmation = frames.firstIndex(where: FramePattern.confirmation(of: request).matches) ?? frames.count
            let data = frames.firstIndex { $0.cause == 20 } ?? frames.count
            try test.check(confirmation < data, "the confirmation before the data", came: FrameText.of(frames))
            try await a.expectNone(FramePattern("data with cause 20") { $0.cause == 20 })
        },
        ConformanceCase(
            "GI-06", .conditional, "Group 1",
            stimulus: "QOI 21 (15)",
            expectation: "Points of group 1, COT 21; QOI in con and term is 21",
            needs: [.function(.groupInterrogation)]
        ) { test in
            try await test.checkGroup(1)
        },
        ConformanceCase(
            "GI-07", .conditional, "Groups 2..16",
            stimulus: "QOI 22..36",
            expectation: "COT = QOI",
            needs: [.function(.groupInterrogation)]
        ) { test in
            for group in 2...16 { try await test.checkGroup(group) }
        },
        ConformanceCase(
            "GI-08", .declared, "Group without points",
            stimulus: "QOI of an empty group",
            expectation: "con+ and term, no data; or con- without term: declared",
            needs: [.function(.groupInterrogation)],
            answers: ["terminated", "refused"]
        ) { test in
            guard let group = (1...16).last(where: { test.profile.interrogated(test.ca, group: $0).isEmpty }) else {
                throw CaseStop.skipped("every group has points")
            }
            let a = try await test.start()
            let request = test.interrogation(UInt8(20 + group))
            try await a.send(request)
            let frames = try await a.answer(until: FramePattern.termination(of: request).or(.refusal(of: request)))
            let data = frames.filter { !$0.points.isEmpty && !$0.isSpontaneous }
            try test.check(data.isEmpty, "no data", came: FrameText.of(data))
            test.observe(frames.last?.isNegative == true ? "refused" : "terminated")
        },
        ConformanceCase(
            "GI-09", .declared, "Reserved QOI",
            stimulus: "QOI 0, 1, 19, 37, 63, 64, 255",
            expectation: "con-, no data, no term",
            timing: "prompt",
            answers: ["refused", "discarded"]
        ) { test in
            let a = try await test.start()
            var answers: Set<String> = []
            for qualifier: UInt8 in [0, 1, 19, 37, 63, 64, 255] {
                let request = test.interrogation(qualifier)
                let reaction = try await a.reaction(to: request, before: test.harmless)
                let isRefused = reaction.frames.contains(where: FramePattern.negativeAnswer(to: request).matches)
                let executed = reaction.frames.filter {
                    (!$0.points.isEmpty && !$0.isSpontaneous) || ($0.type == 100 && !$0.isNegative)
                }
                try test.check(
                    executed.isEmpty, "QOI \(qualifier) not answered with data", came: FrameText.of(executed))
                answers.insert(isRefused ? "refused" : "discarded")
            }
            test.observe(answers.sorted().joined(separator: ", "))
        },
        ConformanceCase(
            "GI-10", .conditional, "Deactivation",
            stimulus: "COT 8 while running",
            expectation: "COT 9 P/N=0, data stops, no COT 10 for it (or one, declared)",
            timing: "prompt",
            needs: [.function(.interrogationDeactivation), .link]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            let request = test.interrogation()
            try await a.send(request)
            try await a.expect(.confirmation(of: request))
            let deactivation = request.with { $0.cause = 8 }
            try await a.send(deactivation)
            try await a.acknowledgeAll()
            let frames = try await a.frames(until: .answer(to: deactivation, cause: 9).or(.termination(of: request)))
            if frames.last?.cause == 10 { throw CaseStop.inconclusive("the answer was over before the deactivation") }
            try await a.expectNone(FramePattern("data with cause 20") { $0.cause == 20 })
        },
        ConformanceCase(
            "GI-11", .declared, "Deactivation without GI",
            stimulus: "COT 8, none running",
            expectation: "COT 9 P/N=1, or 45 if deactivation is not supported",
            timing: "prompt",
            answers: ["refused", "unknown-cause"]
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.cause = 8 }
            try await a.send(request)
            let answer = try await a.expect(
                FramePattern.answer(to: request, cause: 9, isNegative: true)
                    .or(.answer(to: request, cause: 45, isNegative: true)))
            test.observe(answer.cause == 9 ? "refused" : "unknown-cause")
        },
        ConformanceCase(
            "GI-12", .declared, "Repeated GI",
            stimulus: "Second T100 QOI 20 from the same master while running",
            expectation:
                "One of: restart, con-, queue (declared). As many term as con+ that were not deactivated; nothing sent endlessly",
            needs: [.link],
            answers: ["queue", "restart", "refuse"]
        ) { test in
            test.observe(try await test.second(test.interrogation(), while: test.interrogation()))
        },
        ConformanceCase(
            "GI-13", .declared, "Other QOI while running",
            stimulus: "QOI 21 during QOI 20",
            expectation: "As GI-12; COT 20 and 21 never mixed up",
            needs: [.link, .function(.groupInterrogation)],
            answers: ["queue", "restart", "refuse"]
        ) { test in
            test.observe(try await test.second(test.interrogation(21), while: test.interrogation()))
        },
        ConformanceCase(
            "GI-14", .prescribed, "Back to back",
            stimulus: "New GI right after term, 50 times",
            expectation: "50 complete answers"
        ) { test in
            let a = try await test.start()
            for _ in 0..<50 {
                let answer = try await a.interrogate(test.interrogation())
                try test.checkComplete(answer.points(cause: 20), of: test.ca)
            }
        },
        ConformanceCase(
            "GI-15", .prescribed, "Two masters at once",
            stimulus: "Both send GI",
            expectation: "Each gets its own complete answer with its own OA; no frame of one on the other",
            needs: [.connections(2)]
        ) { test in
            let a = try await test.start()
            let b = try await test.start()
            let (first, second) = (
                test.interrogation().with { $0.originator = 11 }, test.interrogation().with { $0.originator = 22 }
            )
            try await a.send(first)
            try await b.send(second)
            let (one, other) = (try await a.interrogated(first), try await b.interrogated(second))
            let strays =
                one.frames.filter { $0.cause == 20 && $0.originator == 22 }
                + other.frames.filter { $0.cause == 20 && $0.originator == 11 }
            try test.check(strays.isEmpty, "each answer on its own connection", came: FrameText.of(strays))
            for answer in [one, other] {
                try test.checkComplete(answer.points(cause: 20), of: test.ca)
                try test.checkOriginator(answer)
            }
        },
        ConformanceCase(
            "GI-20", .prescribed, "One CA only",
            stimulus: "T100 to the second CA",
            expectation: "Only points of that CA",
            needs: [.secondCommonAddress]
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation(ca: test.otherCA))
            let others = answer.data(cause: 20).filter { $0.commonAddress != test.otherCA }
            try test.check(others.isEmpty, "only points of common address \(test.otherCA)", came: FrameText.of(others))
            try test.check(!answer.points(cause: 20).isEmpty, "its points")
        },
        ConformanceCase(
            "GI-21", .prescribed, "Originator",
            stimulus: "T100 with OA 5",
            expectation: "con, data and term with OA 5"
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.originator = 5 }
            try test.checkOriginator(try await a.interrogate(request))
        },
    ]
}
