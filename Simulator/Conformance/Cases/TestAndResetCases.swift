import ControllingStation
import IEC104Model

/// Test and reset.
enum TestAndResetCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "TST-01", .conditional, "Test command",
            stimulus: "68 16 00 00 00 00 6B 01 06 00 01 00 00 00 00 34 12 E8 03 1E 0C 2F 06 1A",
            expectation: "Same octets with COT 7, P/N=0 (counter and time mirrored)",
            timing: "prompt",
            needs: [.function(.testCommand)]
        ) { test in
            let a = try await test.start()
            try await a.confirmed(test.testCommand())
        },
        ConformanceCase(
            "TST-02", .conditional, "Any counter value",
            stimulus: "TSC 00 00, FF FF",
            expectation: "Mirrored",
            needs: [.function(.testCommand)]
        ) { test in
            let a = try await test.start()
            for counter: UInt16 in [0x0000, 0xFFFF] { try await a.confirmed(test.testCommand(counter: counter)) }
        },
        ConformanceCase(
            "TST-03", .prescribed, "Wrong COT, wrong IOA",
            stimulus: "COT 8; IOA 1",
            expectation: "45; 47, P/N=1",
            timing: "prompt",
            needs: [.function(.testCommand)]
        ) { test in
            let a = try await test.start()
            for (request, cause) in [
                (test.testCommand().with { $0.cause = 8 }, UInt8(45)),
                (test.testCommand().with { $0.objectAddress = 1 }, 47),
            ] {
                try await a.send(request)
                try await a.expect(.answer(to: request, cause: cause, isNegative: true))
            }
        },
        ConformanceCase(
            "TST-05", .conditional, "101 test command",
            stimulus: "T104 FBP AA 55",
            expectation: "COT 44 (not in the 104 selection); if declared: con+ for AA 55, con- otherwise",
            timing: "prompt"
        ) { test in
            guard let isDeclared = test.profile.supports(.testCommandWithoutTime) else {
                throw CaseStop.skipped("the profile doesn't say whether there is testCommandWithoutTime")
            }
            let a = try await test.start()
            let request = RawRequest(104, ca: test.ca, [0xAA, 0x55])
            try await a.send(request)
            if isDeclared {
                try await a.expect(.confirmation(of: request))
                let other = RawRequest(104, ca: test.ca, [0x55, 0xAA])
                try await a.send(other)
                try await a.expect(.refusal(of: other))
            } else {
                try await a.expect(.answer(to: request, cause: 44, isNegative: true))
            }
        },
        ConformanceCase(
            "TST-06", .robustness, "Too short",
            stimulus: "T107 without time",
            expectation: "Discard or close; no crash",
            needs: [.function(.testCommand)]
        ) { test in
            _ = try await test.unfitting(test.testCommand().octets.dropLast(7), mayAccept: false)
        },
        ConformanceCase(
            "RST-01", .conditional, "General reset",
            stimulus: "68 0E 00 00 00 00 69 01 06 00 01 00 00 00 00 01",
            expectation: "con+, then connections closed, restart, T70 COI 2",
            timing: "con prompt",
            needs: [.function(.resetProcess), .ownStation]
        ) { test in
            try await test.withStation { test, _ in
                let address = test.target.localAddress?()
                let a = try await test.start(from: address)
                try await a.confirmed(test.reset(1))
                try await a.expectClose(within: .seconds(10))
                let b = try await test.connectAgain(from: address)
                try await test.settle(b)
            }
        },
        ConformanceCase(
            "RST-02", .conditional, "Reset of the event buffer",
            stimulus: "QRP 2",
            expectation: "con+; pending time-tagged events dropped, connection stays",
            timing: "prompt",
            needs: [.function(.resetEventBuffer), .ownStation, .point(.M_SP_TB_1), .link]
        ) { test in
            try await test.withStation { test, _ in
                let point = try await test.point(.M_SP_TB_1, exactly: true)
                let a = try await test.start()
                _ = try await test.unacknowledged(test.k, a)
                try await test.feed((0..<10).map { FeedUpdate(point, .bool($0 % 2 == 0)) })
                try await a.expectNone(.point(point), for: .milliseconds(500))
                let request = test.reset(2)
                try await a.send(request)
                try await a.expectNone(.information, for: .milliseconds(300))
                try await a.acknowledgeAll()
                try await a.expect(.confirmation(of: request))
                try await a.expectNone(.point(point))
            }
        },
        ConformanceCase(
            "RST-03", .declared, "Reserved QRP",
            stimulus: "QRP 0, 3, 127",
            expectation: "con-",
            timing: "prompt",
            needs: [.function(.resetProcess)],
            answers: ["refused", "discarded"]
        ) { test in
            let a = try await test.start()
            var answers: Set<String> = []
            for qualifier: UInt8 in [0, 3, 127] {
                let request = test.reset(qualifier)
                let reaction = try await a.reaction(to: request, before: test.harmless)
                let isRefused = reaction.frames.contains(where: FramePattern.refusal(of: request).matches)
                try test.check(isRefused || !reaction.isAnswered, "a refusal or nothing", came: reaction.text)
                answers.insert(isRefused ? "refused" : "discarded")
            }
            test.observe(answers.sorted().joined(separator: ", "))
        },
        ConformanceCase(
            "RST-04", .conditional, "Not allowed",
            stimulus: "Reset disabled",
            expectation: "con-, or 44 if the type is not implemented",
            timing: "prompt",
            needs: [.noFunction(.resetProcess), .permission("start anew")]
        ) { test in
            let a = try await test.start()
            let request = test.reset(1)
            try await a.send(request)
            try await a.expect(.negativeAnswer(to: request))
        },
        ConformanceCase(
            "RST-05", .conditional, "Broadcast",
            stimulus: "CA 65535",
            expectation: "All CAs of the station",
            needs: [.function(.resetProcess), .ownStation]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.start()
                try await a.send(test.reset(ca: 65_535, 1))
                let frames = try await a.expectClose(within: .seconds(10)).frames.filter { $0.type == 105 }
                let addresses = Set(frames.filter { $0.cause == 7 && !$0.isNegative }.compactMap(\.commonAddress))
                try test.check(
                    addresses.isSubset(of: Set(test.profile.commonAddresses)) && !addresses.isEmpty,
                    "confirmations with real common addresses", came: FrameText.of(frames))
            }
        },
        ConformanceCase(
            "RST-06", .declared, "Other masters",
            stimulus: "Reset by one master with others started",
            expectation: "All affected connections close cleanly; declared which",
            needs: [.function(.resetProcess), .ownStation, .connections(2)],
            answers: ["all-close", "others-stay"]
        ) { test in
            try await test.withStation { test, _ in
                let (a, b) = (try await test.start(), try await test.start())
                try await a.confirmed(test.reset(1))
                try await a.expectClose(within: .seconds(10))
                _ = try await b.frames(for: .seconds(1))
                test.observe(await b.isClosed ? "all-close" : "others-stay")
            }
        },
    ]
}
