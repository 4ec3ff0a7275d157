import ControllingStation
import IEC104Link

/// Octets and segments.
enum FramingCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-61", .prescribed, "Octet by octet",
            stimulus: "STARTDT act and a GI, one octet per segment, 20 ms apart",
            expectation: "Normal answers",
            timing: "prompt after last octet",
            needs: [.commonAddress]
        ) { test in
            let a = try await test.connect()
            // Acknowledgements between the octets would be part of the frame.
            try await a.holdAcknowledgements()
            let octets =
                FrameOctets.function(.startDataTransferActivation)
                + FrameOctets.information(0, 0, test.interrogation().octets)
            for octet in octets {
                try await a.send(.raw([octet]))
                try await Task.sleep(for: .milliseconds(20))
            }
            try await a.expectNext(.function(.startDataTransferConfirmation))
            try await a.acknowledgeAll()
            _ = try await a.interrogated(test.interrogation())
        },
        ConformanceCase(
            "LNK-62", .prescribed, "Cut inside the header",
            stimulus: "A harmless request, cut behind its first and its fourth octet",
            expectation: "Normal answer"
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            let octets = FrameOctets.information(send, receive, test.harmless.octets)
            for part in [octets[..<1], octets[1..<4], octets[4...]] {
                try await a.send(.raw(Array(part)))
                try await Task.sleep(for: .milliseconds(50))
            }
            try await a.expect(test.harmlessAnswer)
        },
        ConformanceCase(
            "LNK-63", .prescribed, "Several APDUs per segment",
            stimulus: "A harmless request + T100 + the harmless request again in one segment",
            expectation: "All answered",
            needs: [.commonAddress]
        ) { test in
            let a = try await test.start()
            let request = test.interrogation()
            try await a.send(.request(test.harmless), .request(request), .request(test.harmless))
            let frames = try await a.answer(until: .termination(of: request))
            var answers = frames.filter(test.harmlessAnswer.matches).count
            while answers < 2 {
                try await a.expect(test.harmlessAnswer)
                answers += 1
            }
            try test.check(frames.contains(where: FramePattern.confirmation(of: request).matches), "a confirmation too")
        },
        ConformanceCase(
            "LNK-64", .prescribed, "APDU end and next start in one segment",
            stimulus: "Three harmless requests, cut in the middle of the second",
            expectation: "All answered"
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            let octets = (0..<3).flatMap { FrameOctets.information(send + $0, receive, test.harmless.octets) }
            try await a.send(.raw(Array(octets[..<(octets.count / 2)])))
            try await a.expect(test.harmlessAnswer)
            try await a.send(.raw(Array(octets[(octets.count / 2)...])))
            for _ in 0..<2 { try await a.expect(test.harmlessAnswer) }
        },
        ConformanceCase(
            "LNK-65", .robustness, "Incomplete APDU, then silence",
            stimulus: "68 0E 00 00 and nothing more",
            expectation: "No crash; connection ends through t3/t1 at the latest; partial frame never executed",
            timing: "t3 + t1",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.holdTestConfirmations()
            // An acknowledgement would be taken for the rest of the frame.
            try await a.holdAcknowledgements()
            try await a.send(.raw([0x68, 0x0E, 0x00, 0x00]))
            try await a.expectClose(within: test.t3 + test.t1 + test.pace.late * 2, without: .reply)
        },
        ConformanceCase(
            "LNK-66", .declared, "Wrong start octet",
            stimulus: "69 04 43 00 00 00, then TESTFR act",
            expectation: "Close, or skip to the next 68 and answer; never treat it as a frame",
            timing: "prompt",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x69, 0x04, 0x43, 0x00, 0x00, 0x00]]))
        },
        ConformanceCase(
            "LNK-67", .declared, "Garbage before a frame",
            stimulus: "00 01 12 12 + TESTFR act",
            expectation: "As LNK-66",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x00, 0x01, 0x12, 0x12]]))
        },
        ConformanceCase(
            "LNK-68", .declared, "Length 0..3",
            stimulus: "68 00, 68 03 43 00 00",
            expectation: "Close (common) or discard; no over-read",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x68, 0x00], [0x68, 0x03, 0x43, 0x00, 0x00]]))
        },
        ConformanceCase(
            "LNK-69", .declared, "Length 254, 255",
            stimulus: "68 FE …",
            expectation: "Above the limit of 253: close (common) or discard; never executed",
            timing: "prompt",
            answers: ["close", "skip"]
        ) { test in
            test.observe(
                try await test.malformed([254, 255].map { [0x68, UInt8($0)] + Array(repeating: 0, count: $0) }))
        },
        ConformanceCase(
            "LNK-70", .prescribed, "Longest APDU",
            stimulus: "I with length 253 (ASDU 249): T200 with 243 octets of payload",
            expectation: "Accepted; answered COT 44 with the same length",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let request = RawRequest(200, ca: test.ca, ioa: 1, Array(repeating: 0x55, count: 240))
            try await a.refused(request, cause: 44)
        },
        ConformanceCase(
            "LNK-71", .declared, "U with length ≠ 4",
            stimulus: "68 05 43 00 00 00 00",
            expectation: "Close or discard; no TESTFR con",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x68, 0x05, 0x43, 0x00, 0x00, 0x00, 0x00]]))
        },
        ConformanceCase(
            "LNK-72", .declared, "S with length ≠ 4",
            stimulus: "68 06 01 00 00 00 00 00",
            expectation: "Close or discard",
            answers: ["close", "skip"]
        ) { test in
            test.observe(
                try await test.malformed([[0x68, 0x06, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00]], isStarted: true))
        },
        ConformanceCase(
            "LNK-73", .declared, "I with length 4",
            stimulus: "68 04 00 00 00 00 (no ASDU)",
            expectation: "Close (common); no crash",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x68, 0x04, 0x00, 0x00, 0x00, 0x00]], isStarted: true))
        },
        ConformanceCase(
            "LNK-74", .declared, "Unknown U function",
            stimulus: "68 04 03 00 00 00 (no bit set), 68 04 0F… (act and con)",
            expectation: "No con; ignore or close",
            timing: "nothing",
            answers: ["close", "skip"]
        ) { test in
            test.observe(
                try await test.malformed([[0x68, 0x04, 0x03, 0x00, 0x00, 0x00], [0x68, 0x04, 0x0F, 0x00, 0x00, 0x00]]))
        },
        ConformanceCase(
            "LNK-75", .declared, "Two functions in one U",
            stimulus: "68 04 47 00 00 00 (STARTDT act + TESTFR act)",
            expectation: "Only one may be set: ignore or close; state must not become started",
            timing: "nothing",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x68, 0x04, 0x47, 0x00, 0x00, 0x00]]))
        },
        ConformanceCase(
            "LNK-76", .declared, "Non-zero octets 4-6 in a U",
            stimulus: "68 04 43 01 00 00",
            expectation: "TESTFR con or discard",
            answers: ["close", "skip", "answer"]
        ) { test in
            test.observe(try await test.malformed([[0x68, 0x04, 0x43, 0x01, 0x00, 0x00]], mayAnswer: true))
        },
        ConformanceCase(
            "LNK-77", .declared, "Bit 1 of octet 5 set in I or S",
            stimulus: "68 04 01 00 01 00",
            expectation: "Discard or close",
            answers: ["close", "skip"]
        ) { test in
            test.observe(try await test.malformed([[0x68, 0x04, 0x01, 0x00, 0x01, 0x00]], isStarted: true))
        },
        ConformanceCase(
            "LNK-78", .robustness, "Random octets",
            stimulus: "1 MiB of random data per connection, 100 connections",
            expectation: "The next connection is taken and started", company: .alone
        ) { test in
            let batches = max(1, min(10, test.profile.connections ?? 1))
            for round in stride(from: 0, to: 100, by: batches) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in round..<min(round + batches, 100) {
                        group.addTask { try await test.sendNoise(seed: UInt64(number), startsData: number % 2 == 0) }
                    }
                    try await group.waitForAll()
                }
            }
            _ = try await test.start()
        },
        ConformanceCase(
            "LNK-79", .robustness, "Valid frame flood",
            stimulus: "10 000 TESTFR act without reading",
            expectation: "Another connection is taken and answers TESTFR act; a close of the first is allowed",
            needs: [.connections(2)], company: .alone
        ) { test in
            let a = try await test.connect(reads: false)
            for _ in 0..<10 { try await a.send(Array(repeating: .function(.testFrameActivation), count: 1000)) }
            let b = try await test.start()
            try await b.expectAlive()
            await a.abort()
        },
    ]
}
