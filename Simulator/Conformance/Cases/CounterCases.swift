import ControllingStation
import IEC104Model

/// Counter interrogation.
enum CounterCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "CI-01", .conditional, "General request",
            stimulus: "68 0E 00 00 00 00 65 01 06 00 01 00 00 00 00 05",
            expectation: "con+, T15 (or T37) COT 37, term",
            timing: "con prompt",
            needs: [.function(.counterInterrogation), .point(.M_IT_NA_1)]
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.counterInterrogation())
            try test.checkCounters(answer, cause: 37, test.profile.counters(test.ca))
        },
        ConformanceCase(
            "CI-02", .conditional, "Groups 1..4",
            stimulus: "QCC 01..04",
            expectation: "COT 38..41",
            needs: [.function(.counterInterrogation), .function(.counterGroups)]
        ) { test in
            let a = try await test.start()
            for group in 1...4 {
                let answer = try await a.interrogate(test.counterInterrogation(UInt8(group)))
                try test.checkCounters(answer, cause: UInt8(37 + group), test.profile.counters(test.ca, group: group))
            }
        },
        ConformanceCase(
            "CI-03", .conditional, "Freeze",
            stimulus: "QCC 45",
            expectation: "con+; counters memorized, no data; term as declared",
            needs: [.ownStation, .function(.counterFreeze)],
            answers: ["confirmed", "terminated"]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.start()
                let request = test.counterInterrogation(0x45)
                try await a.send(request)
                try await a.expect(.confirmation(of: request))
                let frames = try await a.frames(for: .seconds(1))
                let data = frames.filter { !$0.points.isEmpty && !$0.isSpontaneous }
                try test.check(data.isEmpty, "no data", came: FrameText.of(data))
                test.observe(
                    frames.contains(where: FramePattern.termination(of: request).matches) ? "terminated" : "confirmed")
            }
        },
        ConformanceCase(
            "CI-04", .conditional, "Freeze with reset",
            stimulus: "QCC 85",
            expectation: "con+; memorized and set to 0; nothing counted twice or lost",
            needs: [.ownStation, .function(.counterReset), .point(.M_IT_NA_1)]
        ) { test in
            try await test.withStation { test, _ in
                let (a, counter) = try await test.counting(to: 100)
                try await a.confirmed(test.counterInterrogation(0x85))
                let frozen = try await test.reading(of: counter, a)
                try test.check(frozen == 100, "100 memorized", came: "\(frozen)")
                try await test.count(counter, to: 130, a)
                try await a.confirmed(test.counterInterrogation(0x45))
                let since = try await test.reading(of: counter, a)
                try test.check(since == 30, "30 since the reset", came: "\(since)")
            }
        },
        ConformanceCase(
            "CI-05", .conditional, "Reset",
            stimulus: "QCC C5",
            expectation: "con+; running value 0, frozen value unchanged",
            needs: [.ownStation, .function(.counterReset), .point(.M_IT_NA_1)]
        ) { test in
            try await test.withStation { test, _ in
                let (a, counter) = try await test.counting(to: 100)
                try await a.confirmed(test.counterInterrogation(0x45))
                try await a.confirmed(test.counterInterrogation(0xC5))
                let frozen = try await test.reading(of: counter, a)
                try test.check(frozen == 100, "the frozen value 100, unchanged", came: "\(frozen)")
                try await test.count(counter, to: 107, a)
                try await a.confirmed(test.counterInterrogation(0x45))
                let since = try await test.reading(of: counter, a)
                try test.check(since == 7, "7 since the reset", came: "\(since)")
            }
        },
        ConformanceCase(
            "CI-06", .conditional, "Read after freeze",
            stimulus: "45, let counters run, 05",
            expectation: "Frozen values, same for every master",
            needs: [.ownStation, .function(.counterFreeze), .point(.M_IT_NA_1), .connections(2)]
        ) { test in
            try await test.withStation { test, _ in
                let (a, counter) = try await test.counting(to: 100)
                try await a.confirmed(test.counterInterrogation(0x45))
                try await test.count(counter, to: 200, a)
                let b = try await test.start()
                let (one, other) = (try await test.reading(of: counter, a), try await test.reading(of: counter, b))
                try test.check(one == 100 && other == 100, "the frozen value 100 for both", came: "\(one) and \(other)")
            }
        },
        ConformanceCase(
            "CI-07", .declared, "Reserved RQT",
            stimulus: "QCC 00, 06, 3F",
            expectation: "con-, no data, no term",
            timing: "prompt",
            needs: [.function(.counterInterrogation)],
            answers: ["refused", "discarded"]
        ) { test in
            let a = try await test.start()
            var answers: Set<String> = []
            for qualifier: UInt8 in [0x00, 0x06, 0x3F] {
                let request = test.counterInterrogation(qualifier)
                let reaction = try await a.reaction(to: request, before: test.harmless)
                let executed = reaction.frames.filter {
                    (!$0.points.isEmpty && !$0.isSpontaneous) || ($0.type == 101 && !$0.isNegative)
                }
                try test.check(
                    executed.isEmpty, "QCC \(qualifier) not answered with data", came: FrameText.of(executed))
                answers.insert(reaction.isAnswered ? "refused" : "discarded")
            }
            test.observe(answers.sorted().joined(separator: ", "))
        },
        ConformanceCase(
            "CI-08", .conditional, "Freeze not supported",
            stimulus: "QCC 45",
            expectation: "con-",
            timing: "prompt",
            needs: [.function(.counterInterrogation), .noFunction(.counterFreeze)]
        ) { test in
            let a = try await test.start()
            let request = test.counterInterrogation(0x45)
            try await a.send(request)
            try await a.expect(.refusal(of: request))
        },
        ConformanceCase(
            "CI-09", .prescribed, "Counters are not in GI",
            stimulus: "T100",
            expectation: "No T15/T37"
        ) { test in
            let a = try await test.start()
            let answer = try await a.interrogate(test.interrogation())
            let counters = answer.frames.filter { [15, 37].contains($0.type) && (20...41).contains($0.cause ?? 0) }
            try test.check(counters.isEmpty, "no counters", came: FrameText.of(counters))
        },
        ConformanceCase(
            "CI-10", .conditional, "Sequence number",
            stimulus: "33 freezes",
            expectation: "SQ 0..31 increments per freeze, wraps to 0",
            needs: [.ownStation, .function(.counterFreeze), .point(.M_IT_NA_1)]
        ) { test in
            try await test.withStation { test, _ in
                let (a, counter) = try await test.counting(to: 1)
                var numbers: [Int] = []
                for _ in 0..<33 {
                    try await a.confirmed(test.counterInterrogation(0x45))
                    let answer = try await a.interrogate(test.counterInterrogation(ca: counter.commonAddress))
                    let notation = answer.data(cause: 37).flatMap { $0.elements(of: counter) }.last?.dropFirst(4).first
                    numbers.append(Int(notation ?? 0) & 0x1F)
                }
                let expected = (0..<33).map { (numbers[0] + $0) % 32 }
                try test.check(numbers == expected, "SQ that counts up to 31 and goes on at 0", came: "\(numbers)")
            }
        },
        ConformanceCase(
            "CI-11", .conditional, "Overflow, adjustment",
            stimulus: "Counter passes 2³¹-1; counter set by hand",
            expectation: "CY 20; CA 40; shown once per period",
            obstacle: "no counter of this bench passes its limit or is set by hand"),
        ConformanceCase(
            "CI-12", .conditional, "Local freeze (mode A)",
            stimulus: "Station freezes every minute",
            expectation: "T15/T37 COT 3, same time tag for all counters",
            timing: "±1 s",
            obstacle: "the station can't be told from here to freeze by itself"),
        ConformanceCase(
            "CI-13", .conditional, "Broadcast",
            stimulus: "CA 65535",
            expectation: "Per CA as GI-18",
            needs: [.function(.counterInterrogation)]
        ) { test in
            let a = try await test.start()
            let frames = try await a.broadcastInterrogated(test.counterInterrogation(ca: 65_535))
            let broadcast = frames.filter { !$0.points.isEmpty && $0.commonAddress == 65_535 }
            try test.check(broadcast.isEmpty, "no data with the broadcast address", came: FrameText.of(broadcast))
            let addresses = Set(frames.filter { $0.cause == 37 }.compactMap(\.commonAddress))
            let expected = Set(test.profile.commonAddresses.filter { !test.profile.counters($0).isEmpty })
            try test.check(addresses == expected, "counters of \(expected.sorted())", came: "\(addresses.sorted())")
        },
        ConformanceCase(
            "CI-14", .prescribed, "Wrong COT",
            stimulus: "COT 5",
            expectation: "45, P/N=1",
            timing: "prompt",
            needs: [.function(.counterInterrogation)]
        ) { test in
            let a = try await test.start()
            let request = test.counterInterrogation().with { $0.cause = 5 }
            try await a.refused(request, cause: 45)
        },
        ConformanceCase(
            "CI-15", .declared, "During GI",
            stimulus: "T101 while T100 runs",
            expectation: "Both complete; COT 20 and 37 data separate",
            needs: [.function(.counterInterrogation), .link],
            answers: ["queue", "restart", "refuse"]
        ) { test in
            test.observe(try await test.second(test.counterInterrogation(), while: test.interrogation()))
        },
        ConformanceCase(
            "CI-16", .declared, "Repeated request",
            stimulus: "T101 while T101 runs",
            expectation: "As GI-12",
            needs: [.function(.counterInterrogation), .link],
            answers: ["queue", "restart", "refuse"]
        ) { test in
            test.observe(try await test.second(test.counterInterrogation(), while: test.counterInterrogation()))
        },
        ConformanceCase(
            "CI-17", .declared, "No counters",
            stimulus: "T101 to a CA without counters",
            expectation: "con+ and term, or con-: declared",
            needs: [.function(.counterInterrogation)],
            answers: ["terminated", "refused"]
        ) { test in
            guard let address = test.profile.commonAddresses.first(where: { test.profile.counters($0).isEmpty }) else {
                throw CaseStop.skipped("every common address has counters")
            }
            let a = try await test.start()
            let request = test.counterInterrogation(ca: address)
            try await a.send(request)
            let frames = try await a.frames(until: FramePattern.termination(of: request).or(.refusal(of: request)))
            let data = frames.filter { !$0.points.isEmpty && !$0.isSpontaneous }
            try test.check(data.isEmpty, "no data", came: FrameText.of(data))
            test.observe(frames.last?.isNegative == true ? "refused" : "terminated")
        },
    ]
}
