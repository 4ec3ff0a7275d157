/// The windows k and w.
enum WindowCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-40", .prescribed, "Stop at k",
            stimulus: "Produce k + 10 events, confirm nothing",
            expectation: "Exactly k I frames, then none",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            for _ in 0..<test.k + 10 { try await a.send(test.harmless) }
            try await a.expectExactly(test.k, .information)
        },
        ConformanceCase(
            "LNK-41", .prescribed, "Resume",
            stimulus: "As LNK-40, S(1)",
            expectation: "Exactly one more I",
            timing: "prompt",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            let base = try await a.receiveState
            try await a.holdAcknowledgements()
            for _ in 0..<test.k + 10 { try await a.send(test.harmless) }
            for _ in 0..<test.k { try await a.expect(.information) }
            try await a.acknowledge(base + 1)
            try await a.expectExactly(1, .information)
        },
        ConformanceCase(
            "LNK-42", .prescribed, "Confirm by I frame",
            stimulus: "As LNK-40, T107 with N(R)=k",
            expectation: "Window opens; T107 answer and events go on",
            timing: "prompt",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            for _ in 0..<test.k + 5 { try await a.send(test.harmless) }
            for _ in 0..<test.k { try await a.expect(.information) }
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            try await a.send(.numbered(test.harmless, send: send, receive: receive))
            try await a.expectExactly(min(6, test.k), .information)
        },
        ConformanceCase(
            "LNK-43", .prescribed, "k = 1",
            stimulus: "k=1, 5 events, confirm each",
            expectation: "One I at a time",
            needs: [.ownStation]
        ) { test in
            var setting = StationSetting()
            setting.link = test.link
            setting.link?.k = 1
            setting.link?.w = 1
            try await test.withStation(setting) { test, _ in
                let a = try await test.start()
                try await a.holdAcknowledgements()
                for _ in 0..<5 { try await a.send(test.harmless) }
                for _ in 0..<5 {
                    try await a.expect(.information)
                    try await a.expectNone(.information, for: .milliseconds(300))
                    try await a.acknowledge()
                }
            }
        },
        ConformanceCase(
            "LNK-44", .prescribed, "Confirm after w",
            stimulus: "Window full, w × T107",
            expectation: "S with N(R)=w at the latest after the w-th",
            timing: "prompt",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            _ = try await test.unacknowledged(test.k, a)
            for _ in 0..<test.w { try await a.send(test.harmless) }
            let frame = try await a.expect(.acknowledges(try await a.sendState), within: test.t2 * 0.8)
            try test.check(FramePattern.supervisory.matches(frame), "an S frame", came: FrameText.of(frame))
        },
        ConformanceCase(
            "LNK-45", .prescribed, "Piggyback",
            stimulus: "T107, answer comes as I",
            expectation: "N(R) of the answer confirms; no separate S required"
        ) { test in
            let a = try await test.start()
            try await a.send(test.harmless)
            let answer = try await a.expect(test.harmlessAnswer)
            let number = try await a.sendState
            try test.check(
                answer.receiveNumber == number, "an answer with N(R) = \(number)", came: FrameText.of(answer))
        },
        ConformanceCase(
            "LNK-46", .prescribed, "Every I carries the newest N(R)",
            stimulus: "Master sends I while station streams",
            expectation: "N(R) of the next I ≥ number of I frames received"
        ) { test in
            let a = try await test.start()
            let base = try await a.sendState
            for _ in 0..<10 { try await a.send(test.harmless) }
            for count in 1...10 {
                let answer = try await a.expect(test.harmlessAnswer)
                let received = ((answer.receiveNumber ?? 0) - base) & 0x7FFF
                try test.check(
                    received >= count && received <= 10, "N(R) of at least \(base + count)", came: FrameText.of(answer))
            }
        },
        ConformanceCase(
            "LNK-48", .prescribed, "S is not numbered",
            stimulus: "Exchange S frames",
            expectation: "N(S) of next I unaffected"
        ) { test in
            let a = try await test.start()
            let number = try await a.receiveState
            for _ in 0..<5 { try await a.acknowledge() }
            try await a.send(test.harmless)
            let answer = try await a.expect(test.harmlessAnswer)
            try test.check(answer.sendNumber == number, "N(S) = \(number)", came: FrameText.of(answer))
        },
    ]
}
