import ControllingStation

/// Sequence numbers.
enum SequenceCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-49", .prescribed, "Start values",
            stimulus: "First I in both directions",
            expectation: "N(S)=0, N(R)=0"
        ) { test in
            let a = try await test.connect()
            try await a.startTransfer()
            try await a.send(test.harmless)
            let first = try await a.expect(.information)
            try test.check(
                first.sendNumber == 0 && (0...1).contains(first.receiveNumber ?? 2), "N(S) = 0",
                came: FrameText.of(first))
        },
        ConformanceCase(
            "LNK-50", .prescribed, "Wraparound, station sends",
            stimulus: "33 000 harmless requests, each answered by an I frame of the station",
            expectation: "…32766, 32767, 0, 1…; FE FF then 00 00 in octets 3-4; no gap", company: .alone
        ) { test in
            let a = try await test.start()
            try await test.exchange(33_000, a)
        },
        ConformanceCase(
            "LNK-51", .prescribed, "Wraparound, station receives",
            stimulus: "33 000 harmless requests from the master",
            expectation: "N(R) of the station 32767 0; no close", company: .alone
        ) { test in
            let a = try await test.start()
            try await test.exchange(33_000, a)
            let (sent, acknowledged) = (try await a.sendState, try await a.acknowledgedByStation)
            try test.check(sent == acknowledged, "N(R) = \(sent), past the end", came: "\(acknowledged)")
        },
        ConformanceCase(
            "LNK-52", .prescribed, "Window across the wrap",
            stimulus: "k frames unconfirmed across 32767, two more waiting; confirm two",
            expectation: "Two more frames, no other",
            needs: [.link], company: .alone
        ) { test in
            let a = try await test.start()
            try await test.exchange((32_765 - test.k - (try await a.receiveState)) & 0x7FFF, a)
            while try await a.receiveState > 16_384, try await a.receiveState < 32_767 { try await test.settle(a) }
            let frames = try await test.unacknowledged(test.k, a)
            let base = frames.first?.sendNumber ?? 0
            try test.require(
                test.k == 1 || base + test.k > 32_768, "events of the station took the numbers at the wrap")
            try await a.send(test.harmless, test.harmless)
            try await a.acknowledge((base + min(2, test.k)) & 0x7FFF)
            try await a.expectExactly(min(2, test.k), .information)
        },
        ConformanceCase(
            "LNK-53", .prescribed, "Lost I frame",
            stimulus: "I(n,x), then I(n+2,x)",
            expectation: "Close; the second frame not executed",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            try await a.send(.numbered(test.harmless, send: send + 1, receive: receive))
            try await a.expectClose(without: .reply)
        },
        ConformanceCase(
            "LNK-54", .prescribed, "Repeated I frame",
            stimulus: "I(n,x) twice",
            expectation: "Close; executed once",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.send(test.harmless)
            try await a.expect(test.harmlessAnswer)
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            try await a.send(.numbered(test.harmless, send: send - 1, receive: receive))
            try await a.expectClose(without: .reply)
        },
        ConformanceCase(
            "LNK-55", .prescribed, "N(S) far off",
            stimulus: "I(n+16384,x) instead of I(n,x)",
            expectation: "Close",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            try await a.send(.numbered(test.harmless, send: send + 16_384, receive: receive))
            try await a.expectClose(without: .reply)
        },
        ConformanceCase(
            "LNK-56", .prescribed, "N(R) ahead",
            stimulus: "Station has sent n frames; S(n+1)",
            expectation: "Close",
            timing: "prompt"
        ) { test in
            try await test.expectCloseAhead { connection, number in try await connection.acknowledge(number) }
        },
        ConformanceCase(
            "LNK-57", .prescribed, "N(R) ahead in an I frame",
            stimulus: "Station has sent n frames; a harmless request with N(R) = n + 1",
            expectation: "Close; the request not executed",
            timing: "prompt"
        ) { test in
            try await test.expectCloseAhead { connection, number in
                let send = try await connection.sendState
                try await connection.send(.numbered(test.harmless, send: send, receive: number))
            }
        },
        ConformanceCase(
            "LNK-58", .declared, "N(R) going back",
            stimulus: "After S(n) S(n-2)",
            expectation: "Close, or ignore; never reopen confirmed frames",
            answers: ["close", "ignore"]
        ) { test in
            let a = try await test.start()
            for _ in 0..<5 {
                try await a.send(test.harmless)
                try await a.expect(test.harmlessAnswer)
            }
            try await a.acknowledge()
            try await a.acknowledge(try await a.receiveState - 2)
            let answer = try await a.closesOrIgnores()
            if answer == "ignore" { try await test.settle(a) }
            test.observe(answer)
        },
        ConformanceCase(
            "LNK-59", .prescribed, "Same N(R) again",
            stimulus: "S(n) twice",
            expectation: "Accepted, no effect"
        ) { test in
            let a = try await test.start()
            try await a.acknowledge()
            try await a.acknowledge()
            try await test.settle(a)
        },
        ConformanceCase(
            "LNK-60", .prescribed, "Numbers are per connection",
            stimulus: "Two masters",
            expectation: "Independent V(S), V(R)",
            needs: [.connections(2)]
        ) { test in
            let a = try await test.start()
            let b = try await test.start()
            let last = try await test.settle(b).sendNumber ?? 0
            for _ in 0..<5 { try await test.settle(a) }
            try await b.send(test.harmless)
            let frames = try await b.frames(until: test.harmlessAnswer)
            let sent = try await b.sendState
            try test.checkNumbers(frames, from: last + 1)
            try test.check(frames.last?.receiveNumber == sent, "N(R) = \(sent) on B", came: FrameText.of(frames))
        },
    ]
}
