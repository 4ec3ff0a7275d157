import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// TCP and connection handling.
enum ConnectionCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "PHY-01", .prescribed, "Listen on the registered port",
            stimulus: "TCP SYN to port 2404",
            expectation: "Connection accepted; the station sends no octet before STARTDT",
            timing: "silent for t3",
            needs: [.link]
        ) { test in
            let begin = NIODeadline.now()
            let a = try await test.connect()
            let silence = test.t3 - test.pace.early
            let frames = try await a.frames(for: silence).filter { ($0.time - begin).duration < silence }
            try test.check(frames.isEmpty, "no octet", came: FrameText.of(frames))
        },
        ConformanceCase(
            "PHY-02", .conditional, "Configurable port",
            stimulus: "Station set to another port, SYN there",
            expectation: "Accepted; 2404 refuses unless configured too",
            needs: [.ownStation]
        ) { test in
            try await test.withStation(StationSetting(port: 2405)) { test, _ in
                _ = try await test.start()
                var other = test.target
                other.port = 2404
                try await test.expectRefusal(other)
            }
        },
        ConformanceCase(
            "PHY-03", .prescribed, "Station never starts data by itself",
            stimulus: "Connect, wait, send nothing",
            expectation: "Only TESTFR act from the station after t3; no I or S",
            timing: "t3",
            needs: [.link]
        ) { test in
            let begin = NIODeadline.now()
            let a = try await test.connect()
            try await a.expect(.function(.testFrameActivation), after: test.t3, since: begin)
            try await a.expectNone(.information.or(.supervisory))
        },
        ConformanceCase(
            "PHY-04", .prescribed, "Orderly close by master",
            stimulus: "FIN in stopped and in started state",
            expectation: "Station closes its side and takes the next connection; V(S), V(R) begin at 0",
            timing: "prompt"
        ) { test in
            for isStarted in [false, true] {
                let address = test.target.localAddress?()
                let a = try await test.connect(from: address)
                if isStarted { try await test.start(a) }
                try await a.closeSending()
                try await a.expectClose()
                let b = try await test.connect(from: address)
                try await b.startTransfer()
                try await b.send(test.harmless)
                let first = try await b.expect(.information)
                try test.check(first.sendNumber == 0, "N(S) = 0 on the new connection", came: FrameText.of(first))
                await b.close()
            }
        },
        ConformanceCase(
            "PHY-05", .prescribed, "Abort by master",
            stimulus: "RST while the station has unconfirmed I frames",
            expectation: "The next connection is taken and started",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            try await a.send(test.harmless)
            try await a.expect(test.harmlessAnswer)
            await a.abort()
            _ = try await test.start()
        },
        ConformanceCase(
            "PHY-06", .prescribed, "Half-open peer",
            stimulus: "Send nothing more after STARTDT, not even acknowledgements",
            expectation: "TESTFR act after t3, close after t1 without answer",
            timing: "t3 + t1",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await test.expectGivenUp(a)
        },
        ConformanceCase(
            "PHY-07", .prescribed, "Reconnect at once",
            stimulus: "RST, then connect from the same address within 10 ms, STARTDT",
            expectation: "con; N(S) and N(R) start at 0",
            timing: "prompt"
        ) { test in
            let address = test.target.localAddress?()
            let a = try await test.start(from: address)
            await a.abort()
            let b = try await test.connect(from: address)
            try await b.startTransfer()
            try await b.send(test.harmless)
            let first = try await b.expect(.information)
            try test.check(first.sendNumber == 0, "N(S) = 0", came: FrameText.of(first))
        },
        ConformanceCase(
            "PHY-08", .declared, "Stale connection",
            stimulus: "Connect again from the same master while the old socket is dead but not yet detected",
            expectation: "New one accepted if a slot is free; STARTDT on it works (see RED-04)",
            needs: [.connections(2)],
            answers: ["accepted", "refused"]
        ) { test in
            let address = test.target.localAddress?()
            let a = try await test.start(from: address)
            try await a.holdTestConfirmations()
            await a.setReading(false)
            let b = try await test.connect(from: address)
            try await b.send(.startDataTransferActivation)
            let reaction = try await b.reaction(until: .function(.startDataTransferConfirmation))
            test.observe(reaction.isAnswered ? "accepted" : "refused")
        },
        ConformanceCase(
            "PHY-09", .prescribed, "Reader that never reads",
            stimulus: "Master stops reading from the socket; k + 5 harmless requests",
            expectation: "Stops at k unconfirmed, closes at t1; other masters unaffected",
            timing: "t1",
            needs: [.link, .connections(2)]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            await a.setReading(false)
            for _ in 0..<test.k + 5 { try await a.send(test.harmless) }
            let b = try await test.start()
            _ = try await b.frames(for: test.t1 + test.pace.late)
            try await b.expectAlive()
            await a.setReading(true)
            let frames = try await a.expectClose().frames.filter(\.isInformation)
            try test.check(frames.count <= test.k, "at most k = \(test.k) I frames", came: "\(frames.count)")
        },
        ConformanceCase(
            "PHY-10", .prescribed, "Small MSS",
            stimulus: "MSS 88 and 536; an interrogation, then 20 harmless requests",
            expectation: "APDUs cross segments; content intact",
            needs: [.commonAddress]
        ) { test in
            for size in [88, 536] {
                let a = try await test.connect(segmentSize: size)
                try await test.start(a)
                _ = try await a.interrogate(test.interrogation())
                for _ in 0..<20 { try await a.send(test.harmless) }
                for _ in 0..<20 { try await a.expect(test.harmlessAnswer) }
                await a.close()
            }
        },
        ConformanceCase(
            "PHY-11", .declared, "Write coalescing",
            stimulus: "Produce 20 events at once",
            expectation:
                "Any packing of APDUs into segments; each APDU complete and in order; Nagle delay not visible in command answers",
            timing: "con+ prompt",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            try await test.feed((0..<20).map { FeedUpdate(point, .bool($0 % 2 == 0)) })
            let values = try await a.values(of: point, 20)
            try test.check(
                values == (0..<20).map { .singlePoint($0 % 2 == 0) }, "20 changes in their order", came: "\(values)")
            var delay = Duration.seconds(60)
            for _ in 0..<5 where delay > .milliseconds(500) {
                let sent = try await a.send(test.harmless)
                let answer = try await a.expect(test.harmlessAnswer)
                delay = min(delay, (answer.time - sent).duration)
            }
            try test.check(delay < .seconds(1), "an answer that nothing holds back", came: "it after \(delay) at best")
        },
        ConformanceCase(
            "PHY-12", .robustness, "Connect storm",
            stimulus: "200 connect/close cycles, no data",
            expectation: "Station closes its side each time; next STARTDT works",
            timing: "prompt", company: .alone
        ) { test in
            for _ in 0..<200 {
                let a = try await test.connect()
                try await a.closeSending()
                try await a.expectClose()
            }
            _ = try await test.start()
        },
        ConformanceCase(
            "PHY-13", .prescribed, "Idle connection never started",
            stimulus: "Connect, answer TESTFR, never send STARTDT for 10·t3",
            expectation: "Stays open, no I frame",
            needs: [.link]
        ) { test in
            let a = try await test.connect()
            try await a.expectNone(.information.or(.supervisory), for: test.t3 * 10)
            try await a.expectAlive()
        },
    ]
}
