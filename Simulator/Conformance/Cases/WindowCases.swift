import ControllingStation

/// The windows k and w.
enum WindowCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-40", .prescribed, "Stop at k",
            stimulus: "k + 10 harmless requests, each answered by one I frame; confirm nothing",
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
            stimulus: "As LNK-40, then confirm the first frame",
            expectation: "Exactly one more I",
            timing: "prompt",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            for _ in 0..<test.k + 10 { try await a.send(test.harmless) }
            let first = try await a.expect(.information)
            for _ in 1..<test.k { try await a.expect(.information) }
            try await a.acknowledge((first.sendNumber ?? 0) + 1)
            try await a.expectExactly(1, .information)
        },
        ConformanceCase(
            "LNK-42", .prescribed, "Confirm by I frame",
            stimulus: "k + 5 harmless requests, then one more with the N(R) of all that came",
            expectation: "Window opens; the other answers come, no more than k frames",
            timing: "prompt",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            for _ in 0..<test.k + 5 { try await a.send(test.harmless) }
            for _ in 0..<test.k { try await a.expect(.information) }
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            try await a.send(.numbered(test.harmless, send: send, receive: receive))
            let left = min(6, test.k)
            for _ in 0..<left { try await a.expect(.information) }
            let more = try await a.frames(for: test.pace.silence).filter(\.isInformation)
            try test.check(
                left + more.count <= test.k, "at most k = \(test.k) I frames", came: "\(left + more.count)")
        },
        ConformanceCase(
            "LNK-43", .prescribed, "k = 1",
            stimulus: "k = 1, five harmless requests, confirm each answer",
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
            stimulus: "Window full, w harmless requests",
            expectation: "S that confirms them at the latest after the w-th",
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
            stimulus: "A harmless request, answer comes as I",
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
            stimulus: "Ten harmless requests at once",
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
            stimulus: "Five S frames",
            expectation: "N(S) of next I unaffected"
        ) { test in
            let a = try await test.start()
            let last = try await test.settle(a).sendNumber ?? 0
            for _ in 0..<5 { try await a.acknowledge() }
            try await a.send(test.harmless)
            try test.checkNumbers(try await a.frames(until: test.harmlessAnswer), from: last + 1)
        },
    ]
}
