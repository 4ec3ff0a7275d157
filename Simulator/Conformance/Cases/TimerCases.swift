import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// TESTFR and the timers.
enum TimerCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-23", .prescribed, "TESTFR answer, started",
            stimulus: "TESTFR act",
            expectation: "TESTFR con",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.expectAlive()
        },
        ConformanceCase(
            "LNK-24", .prescribed, "TESTFR with a full window",
            stimulus: "k frames unconfirmed, TESTFR act",
            expectation: "TESTFR con though no I may be sent",
            timing: "prompt",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            _ = try await test.unacknowledged(test.k, a)
            try await a.expectAlive()
        },
        ConformanceCase(
            "LNK-25", .prescribed, "Five TESTFR act in one segment",
            stimulus: "5 × 68 04 43 00 00 00",
            expectation: "Five con",
            timing: "prompt"
        ) { test in
            let a = try await test.connect()
            try await a.send(Array(repeating: .function(.testFrameActivation), count: 5))
            for _ in 0..<5 { try await a.expect(.function(.testFrameConfirmation)) }
        },
        ConformanceCase(
            "LNK-26", .prescribed, "t3 in started state",
            stimulus: "Silence after STARTDT con",
            expectation: "TESTFR act",
            timing: "t3 after last received frame",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await test.expectTestFrame(a)
        },
        ConformanceCase(
            "LNK-27", .prescribed, "t3 in stopped state",
            stimulus: "Silence after connect",
            expectation: "TESTFR act",
            timing: "t3",
            needs: [.link]
        ) { test in
            let begin = NIODeadline.now()
            let a = try await test.connect()
            try await a.expect(.function(.testFrameActivation), after: test.t3, since: begin)
        },
        ConformanceCase(
            "LNK-28", .prescribed, "t3 restarts on any received frame",
            stimulus: "S(r), TESTFR act and I in turn, one every 0.6·t3, twice each",
            expectation: "No TESTFR act from the station",
            timing: "3.6·t3",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            let probes: [Outgoing] = [.acknowledgement(nil), .function(.testFrameActivation), .request(test.harmless)]
            for round in 0..<6 {
                try await a.send(probes[round % 3])
                try await a.expectNone(.function(.testFrameActivation), for: test.t3 * 0.6)
            }
        },
        ConformanceCase(
            "LNK-29", .prescribed, "t3 is not restarted by own sending",
            stimulus: "Station sends events, master confirms nothing and sends nothing for t3 (t3 < t1)",
            expectation: "TESTFR act after t3 of receive silence",
            timing: "t3",
            needs: [.feed, .point(.M_SP_TB_1), .t3BelowT1], company: .alone
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            try await a.holdAcknowledgements()
            let last = try await a.acknowledge()
            var frames: [ProbeFrame] = []
            for round in 0..<2 {
                try await test.feed(FeedUpdate(point, .bool(round == 0)))
                frames += try await a.frames(for: test.t3 * 0.4)
            }
            try test.require(frames.contains(where: \.isInformation), "the station sent nothing meanwhile")
            try await a.expect(.function(.testFrameActivation), after: test.t3, since: last)
        },
        ConformanceCase(
            "LNK-30", .prescribed, "t1 on TESTFR",
            stimulus: "Do not answer TESTFR act",
            expectation: "Close",
            timing: "t1 after TESTFR act",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.holdTestConfirmations()
            let probe = try await test.expectTestFrame(a)
            try await a.expectClose(after: test.t1, since: probe.time)
        },
        ConformanceCase(
            "LNK-31", .declared, "Other frames do not replace TESTFR con",
            stimulus: "After TESTFR act of the station send only S frames",
            expectation: "Close at t1 (common; a few accept any frame)",
            timing: "t1",
            needs: [.link],
            answers: ["close", "accept"]
        ) { test in
            let a = try await test.start()
            try await a.holdTestConfirmations()
            let probe = try await test.expectTestFrame(a)
            let deadline = probe.time + test.t1 + test.pace.late
            while NIODeadline.now() < deadline, await !a.isClosed {
                _ = try await a.frames(for: test.t1 * 0.2)
                try await a.acknowledge()
            }
            test.observe(await a.isClosed ? "close" : "accept")
        },
        ConformanceCase(
            "LNK-32", .prescribed, "t1 on I",
            stimulus: "Station sends one I, master never confirms but answers TESTFR",
            expectation: "Close",
            timing: "t1 after that I",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            let oldest = try await test.unacknowledged(1, a).first
            if let oldest { try await a.expectClose(after: test.t1, since: oldest.time) }
        },
        ConformanceCase(
            "LNK-33", .prescribed, "t1 runs from the oldest unconfirmed I",
            stimulus: "I at 0 s and at t1/2; confirm only the first at 0.8·t1",
            expectation: "No close at t1; close at t1/2 + t1",
            timing: ProbePace.timerTolerance,
            needs: [.link]
        ) { test in
            let a = try await test.start()
            let first = try await test.unacknowledged(1, a)
            let early = (first + (try await a.frames(for: test.t1 / 2))).filter(\.isInformation)
            // Events may have filled the window: all but the last are confirmed, so that there is room.
            if early.count > 1 { try await a.acknowledge(early.last?.sendNumber) }
            try await a.send(test.harmless)
            let second = try await a.expect(.information)
            _ = try await a.frames(for: test.t1 * 0.3)
            try await a.acknowledge(second.sendNumber)
            try await a.expectClose(after: test.t1, since: second.time)
        },
        ConformanceCase(
            "LNK-34", .prescribed, "t1 stops when all is confirmed",
            stimulus: "Confirm everything, stay silent except TESTFR for 3·t1",
            expectation: "No close",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            try await a.send(test.harmless)
            try await a.expect(test.harmlessAnswer)
            try await a.expectOpen(for: test.t1 * 3)
        },
        ConformanceCase(
            "LNK-35", .prescribed, "t2",
            stimulus: "Window full (k unconfirmed, so the station cannot send I), one harmless request",
            expectation: "S that confirms it",
            timing: "t2 after reception",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            _ = try await test.unacknowledged(test.k, a)
            try await a.send(test.harmless)
            // With the window full, an I frame may not do it.
            let frame = try await a.expect(.acknowledges(try await a.sendState), within: test.t2 + test.pace.late)
            try test.check(FramePattern.supervisory.matches(frame), "an S frame", came: FrameText.of(frame))
        },
        ConformanceCase(
            "LNK-36", .prescribed, "t2 starts at the oldest unconfirmed received frame",
            stimulus: "Window full, two harmless requests 0.7·t2 apart, w > 2",
            expectation: "The first confirmed by an S at the latest t2 after it: the second doesn't put it off",
            timing: "t2 after the first, \(ProbePace.timerLateness)",
            needs: [.link]
        ) { test in
            if test.w <= 2 { throw CaseStop.skipped("w is \(test.w), so that two frames are acknowledged at once") }
            let a = try await test.start()
            _ = try await test.unacknowledged(test.k, a)
            let first = try await a.send(test.harmless)
            // w and t2 are bounds: a station may acknowledge earlier.
            let number = try await a.sendState
            var frames = try await a.frames(for: test.t2 * 0.7)
            try await a.send(test.harmless)
            let isFirst = FramePattern("N(R) of at least \(number)") { frame in
                frame.receiveNumber.map { ($0 - number) & 0x7FFF < 2 } ?? false
            }
            if !frames.contains(where: isFirst.matches) {
                frames += try await a.frames(until: isFirst, within: test.t2 * 0.3 + test.pace.late + .seconds(1))
            }
            guard let frame = frames.first(where: isFirst.matches) else { return }
            let delay = (frame.time - first).duration
            try test.check(
                delay <= test.t2 + test.pace.late, "the acknowledgement \(test.t2) after the first at the latest",
                came: "it after \(delay)")
            // With the window full, an I frame may not do it.
            try test.check(FramePattern.supervisory.matches(frame), "an S frame", came: FrameText.of(frame))
        },
        ConformanceCase(
            "LNK-37", .prescribed, "t2 < t1 kept",
            stimulus: "Window full, one harmless request",
            expectation: "Confirmation always earlier than t1 of the master",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            _ = try await test.unacknowledged(test.k, a)
            let sent = try await a.send(test.harmless)
            let frame = try await a.expect(.acknowledges(try await a.sendState), within: test.t1)
            let delay = (frame.time - sent).duration
            try test.check(delay < test.t1, "an acknowledgement before t1", came: "it after \(delay)")
        },
        ConformanceCase(
            "LNK-38", .robustness, "Clock jump",
            stimulus: "Set system time by +1 h and -1 h while connected",
            expectation: "No timer fires, no close (monotonic timers)",
            obstacle: "the clock of the station's machine can't be set from here"),
        ConformanceCase(
            "LNK-39", .robustness, "Parameter limits",
            stimulus: "Configure t2 ≥ t1, k = 0, w > k, t1 = 256",
            expectation: "Refused at configuration",
            obstacle: "the parameters of the station can't be set from here"),
    ]
}
