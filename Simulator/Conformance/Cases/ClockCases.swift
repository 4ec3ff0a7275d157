import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// Clock synchronization.
enum ClockCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "CS-01", .conditional, "Synchronize",
            stimulus:
                "68 14 00 00 00 00 67 01 06 00 01 00 00 00 00 E8 03 1E 0C 2F 06 1A (15 June 2026, Monday, 12:30:01.000)",
            expectation:
                "con+ with a CP56Time2a: the station's own time before setting, or the received time (declared)",
            timing: "prompt",
            needs: [.function(.clockSynchronization)], company: .alone,
            answers: ["received", "own"]
        ) { test in
            let a = try await test.start()
            let request = test.clock()
            try await test.settingClock(a) {
                try await a.send(request)
                let answer = try await a.expect(.anyAnswer(to: request))
                try test.check(
                    answer.cause == 7 && !answer.isNegative && answer.asdu.count == request.octets.count,
                    "a positive confirmation with a CP56Time2a", came: FrameText.of(answer))
                test.observe(FramePattern.mirror(of: request).matches(answer) ? "received" : "own")
            }
        },
        ConformanceCase(
            "CS-02", .conditional, "Effect",
            stimulus: "T103, event 1.0 s later",
            expectation: "Time tag within the declared accuracy",
            timing: "-0.1 s to +1 s",
            needs: [.ownStation, .function(.clockSynchronization), .point(.M_SP_TB_1)]
        ) { test in
            try await test.withStation(StationSetting(setsClock: true)) { test, _ in
                let a = try await test.start()
                let request = test.clock()
                let sent = try await a.send(request)
                try await a.expect(.anyAnswer(to: request))
                let point = try await test.point(.M_SP_TB_1, exactly: true)
                try await Task.sleep(for: .seconds(1))
                let fed = NIODeadline.now()
                try await test.feed(FeedUpdate(point, .bool(true)))
                let report = try await a.reports(of: point, 1).first
                let milliseconds = report?.information?.time?.millisecondsSince1970() ?? 0
                // 15 June 2026, 12:30:01.000, and what has gone by since.
                let elapsed = Duration.milliseconds(milliseconds - 1_781_526_601_000)
                let expected = (fed - sent).duration
                try test.check(
                    elapsed >= expected - .milliseconds(100) && elapsed <= expected + .seconds(1),
                    "a time tag \(expected) after the time that was set", came: "\(elapsed)")
            }
        },
        ConformanceCase(
            "CS-03", .declared, "IV cleared",
            stimulus: "First sync after restart",
            expectation: "Time tags lose IV (if MON-25 is declared)",
            obstacle: "a station whose clock was never synchronized can't be brought about from here"),
        ConformanceCase(
            "CS-04", .declared, "IV returns",
            stimulus: "No sync for the declared period",
            expectation: "IV set again (104, clock synchronization clause)",
            obstacle: "the period without synchronization is longer than a run"),
        ConformanceCase(
            "CS-05", .declared, "Bad time",
            stimulus: "T103 with month 13; day 31 February; minute 60; IV set",
            expectation: "con- (or con+: declared); the clock is set to the present afterwards",
            timing: "prompt",
            needs: [.function(.clockSynchronization)], company: .alone,
            answers: ["refused", "confirmed"]
        ) { test in
            let a = try await test.start()
            var answers: Set<String> = []
            try await test.settingClock(a) {
                for time: [UInt8] in [
                    [0xE8, 0x03, 0x1E, 0x0C, 0x2F, 0x0D, 0x1A], [0xE8, 0x03, 0x1E, 0x0C, 0x1F, 0x02, 0x1A],
                    [0xE8, 0x03, 0x3C, 0x0C, 0x2F, 0x06, 0x1A], [0xE8, 0x03, 0x9E, 0x0C, 0x2F, 0x06, 0x1A],
                ] {
                    let request = test.clock(time)
                    try await a.send(request)
                    let answer = try await a.expect(.anyAnswer(to: request))
                    try test.check(answer.cause == 7, "a confirmation", came: FrameText.of(answer))
                    answers.insert(answer.isNegative ? "refused" : "confirmed")
                }
            }
            test.observe(answers.sorted().joined(separator: ", "))
        },
        ConformanceCase(
            "CS-06", .prescribed, "Broadcast",
            stimulus: "T103 with CA 65535 and the present time",
            expectation: "con with the real CA(s), none with 65535",
            needs: [.function(.clockSynchronization)], company: .alone
        ) { test in
            let a = try await test.start()
            // The present: each station behind the address is set.
            let request = test.presentClock(ca: 65_535)
            try await a.send(request)
            let frames = try await a.frames(for: test.pace.silence).filter { $0.type == 103 }
            let wrong = frames.filter { !test.profile.commonAddresses.contains($0.commonAddress ?? 0) || $0.cause != 7 }
            try test.check(
                !frames.isEmpty && wrong.isEmpty, "confirmations with real common addresses", came: FrameText.of(frames)
            )
        },
        ConformanceCase(
            "CS-07", .prescribed, "Wrong COT, wrong IOA",
            stimulus: "COT 5; IOA 1",
            expectation: "45; 47",
            timing: "prompt",
            needs: [.function(.clockSynchronization)]
        ) { test in
            let a = try await test.start()
            for (request, cause) in [
                (test.presentClock().with { $0.cause = 5 }, UInt8(45)),
                (test.presentClock().with { $0.objectAddress = 1 }, 47),
            ] {
                try await a.send(request)
                try await a.expect(.answer(to: request, cause: cause, isNegative: true))
            }
        },
        ConformanceCase(
            "CS-08", .declared, "Synchronization refused by policy",
            stimulus: "T103 with 1 January 2030, then an event",
            expectation: "con- (or con+ without effect): declared",
            timing: "prompt",
            needs: [
                .function(.clockSynchronization), .noFunction(.clockIsSet), .feed, .point(.M_SP_TB_1),
                .function(.sameClock),
            ], company: .alone,
            answers: ["confirmed", "refused"]
        ) { test in
            let a = try await test.start()
            let request = test.clock([0, 0, 0, 0, 0x01, 0x01, 0x1E])
            try await test.settingClock(a) {
                try await a.send(request)
                let answer = try await a.expect(.anyAnswer(to: request))
                let time = try await test.timeTag(ofEventAt: nil)
                try test.check(time.last != 0x1E, "a clock that isn't set", came: FrameText.octets(time))
                test.observe(answer.isNegative ? "refused" : "confirmed")
            }
        },
        ConformanceCase(
            "CS-09", .declared, "Order with events",
            stimulus: "20 events queued, then T103",
            expectation: "Events with old time base are sent before the con",
            obstacle: "how many events wait inside the station can't be told from here"),
        ConformanceCase(
            "CS-10", .declared, "Two masters",
            stimulus: "Both synchronize with 10 s difference",
            expectation: "Declared which one wins; no oscillating IV",
            needs: [.ownStation, .function(.clockSynchronization), .connections(2), .point(.M_SP_TB_1)],
            answers: ["last", "first"]
        ) { test in
            try await test.withStation(StationSetting(setsClock: true)) { test, _ in
                let (a, b) = (try await test.start(), try await test.start())
                try await a.confirmed(test.clock(), mirrored: false)
                try await b.confirmed(test.clock([0x10, 0x27, 0x1E, 0x0C, 0x2F, 0x06, 0x1B]), mirrored: false)
                let time = try await test.timeTag(ofEventAt: nil)
                try test.check((time.dropFirst(2).first ?? 0) & 0x80 == 0, "no IV", came: FrameText.octets(time))
                test.observe(time.last == 0x1B ? "last" : "first")
            }
        },
        ConformanceCase(
            "CS-11", .robustness, "Timers unaffected",
            stimulus: "Jump by hours through T103",
            expectation: "No TESTFR act before t3, no close; TESTFR act of the master answered",
            needs: [.ownStation, .function(.clockSynchronization), .link]
        ) { test in
            try await test.withStation(StationSetting(setsClock: true)) { test, _ in
                let a = try await test.start()
                for year: UInt8 in [0x1B, 0x19] {
                    try await a.confirmed(test.clock([0xE8, 0x03, 0x1E, 0x0C, 0x2F, 0x06, year]), mirrored: false)
                    let frames = try await a.frames(for: test.t3 * 0.5)
                    try test.check(
                        !frames.contains { $0.isFunction(.testFrameActivation) }, "no timer to run out",
                        came: FrameText.of(frames))
                }
                try await a.expectAlive()
            }
        },
    ]
}
