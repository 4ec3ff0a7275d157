import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// Several controlling stations at once.
enum SeveralStationsCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "RED-01", .prescribed, "Standby connection",
            stimulus: "A and B of one group, STARTDT on A",
            expectation: "User data only on A; TESTFR supervision on both",
            timing: "t3",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-02", .prescribed, "Ordered switch-over",
            stimulus: "STOPDT A, STARTDT B, events flowing",
            expectation: "All events once, in order",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-03", .prescribed, "A fails with unconfirmed frames",
            stimulus: "RST A, STARTDT B",
            expectation: "Unconfirmed events sent again on B, in order, before newer ones; repeats allowed, loss not",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-04", .prescribed, "STARTDT on B while A is started",
            stimulus: "STARTDT on B while A is started",
            expectation:
                "con on B; A sends no I after it; A is closed or put to stopped (declared); never two started in one group",
            timing: "prompt",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-05", .prescribed, "Confirmation on the old connection",
            stimulus: "After RED-04 S on A",
            expectation: "No effect on B",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-06", .prescribed, "No started connection",
            stimulus: "1000 events",
            expectation: "Buffered; delivered after the next STARTDT in order with original time tags",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-07", .declared, "Buffer overflow",
            stimulus: "500 events, ten times as many as the buffer holds",
            expectation: "Declared: connection closed, oldest dropped (common), or newest dropped",
            needs: [.ownStation, .point(.M_ME_NB_1), .link],
            answers: ["closed", "oldest-dropped", "newest-dropped"]
        ) { test in
            try await test.withStation(StationSetting(eventBuffer: 50)) { test, _ in
                let (a, point) = try await test.overflowing()
                let frames = try await a.frames(for: .seconds(1))
                if await a.isClosed { return test.observe("closed") }
                try await a.acknowledgeAll()
                let values = (frames + (try await a.frames(for: test.pace.silence))).flatMap { $0.values(of: point) }
                // A busy one takes its time.
                if await a.isClosed { return test.observe("closed") }
                test.observe(values.last == .scaled(499) ? "oldest-dropped" : "newest-dropped")
            }
        },
        ConformanceCase(
            "RED-08", .prescribed, "GI after gap",
            stimulus: "RED-07, then T100",
            expectation: "Current state",
            needs: [.ownStation, .point(.M_ME_NB_1), .link]
        ) { test in
            try await test.withStation(StationSetting(eventBuffer: 50)) { test, _ in
                let (a, point) = try await test.overflowing()
                _ = try await a.frames(for: .seconds(1))
                if await !a.isClosed { try await a.acknowledgeAll() }
                // What is left comes, or the end of the connection.
                _ = try await a.frames(for: test.pace.silence)
                let b = await a.isClosed ? try await test.start() : a
                let answer = try await b.interrogate(test.interrogation(ca: point.commonAddress))
                let values = answer.data(cause: 20).flatMap { $0.values(of: point) }
                try test.check(values == [.scaled(499)], "the present value 499", came: "\(values)")
            }
        },
        ConformanceCase(
            "RED-09", .conditional, "Several groups",
            stimulus: "Masters in groups 1 and 2, both started",
            expectation: "Each gets every event; own queue, own window",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-10", .conditional, "Slow master",
            stimulus: "100 changes of a point; A confirms nothing",
            expectation: "B unaffected",
            timing: "prompt",
            needs: [.feed, .connections(2), .point(.M_ME_NB_1), .link], company: .alone
        ) { test in
            let point = try await test.point(.M_ME_NB_1)
            let (a, b) = (try await test.start(), try await test.start())
            try await a.holdAcknowledgements()
            try await test.feed((0..<100).map { FeedUpdate(point, .integer($0)) })
            let values = try await b.values(of: point, 100)
            try test.check(values == (0..<100).map { .scaled($0) }, "100 changes on B", came: "\(values)")
            let stalled = try await a.frames(for: .milliseconds(200)).filter(\.isInformation).count
            try test.check(stalled <= test.k, "at most k = \(test.k) I frames on A", came: "\(stalled)")
        },
        ConformanceCase(
            "RED-11", .conditional, "Group by address",
            stimulus: "Connection from an address of no group",
            expectation: "Refused or closed at once, or put in the default group: declared",
            timing: "prompt",
            obstacle: "redundancy groups aren't part of this suite"),
        ConformanceCase(
            "RED-12", .conditional, "One group per connection",
            stimulus: "20 events wait for the window; RST, reconnect, STARTDT",
            expectation: "Queue discarded at disconnect, or kept: declared",
            needs: [.ownStation, .point(.M_ME_NB_1), .link],
            answers: ["discarded", "kept"]
        ) { test in
            try await test.withStation { test, _ in
                let address = test.target.localAddress?()
                let (a, point) = try await test.withWaitingEvents(from: address)
                await a.abort()
                let b = try await test.connectAgain(from: address)
                let frames = try await b.frames(for: test.pace.silence).filter(FramePattern.point(point).matches)
                test.observe(frames.isEmpty ? "discarded" : "kept")
            }
        },
        ConformanceCase(
            "RED-13", .conditional, "Limit of connections",
            stimulus: "n + 1 connections",
            expectation: "The last one closed or refused; the others undisturbed; slot reusable after a close",
            timing: "prompt",
            needs: [.ownStation]
        ) { test in
            try await test.withStation(StationSetting(connections: 2)) { test, _ in
                let (a, b) = (try await test.start(), try await test.start())
                let c = try await test.connect()
                try await c.expectClose(without: .anything)
                try await a.expectAlive()
                try await b.expectAlive()
                await a.close()
                let d = try await test.connectWhenFree()
                try await test.start(d)
            }
        },
        ConformanceCase(
            "RED-14", .prescribed, "Limit with dead peers",
            stimulus: "All slots half-open",
            expectation: "A new connection is taken and started after t3 + t1",
            timing: "t3 + t1 + \(ProbePace().prompt)",
            needs: [.ownStation, .link]
        ) { test in
            try await test.withStation(StationSetting(connections: 2)) { test, _ in
                let (a, b) = (try await test.connect(reads: false), try await test.connect(reads: false))
                _ = try await a.frames(for: test.t3 + test.t1 + test.pace.late)
                let begin = NIODeadline.now()
                let c = try await test.connectWhenFree()
                try await test.start(c)
                let delay = (NIODeadline.now() - begin).duration
                try test.check(delay <= test.pace.prompt, "a free place after t3 + t1", came: "it \(delay) later")
                // The station may have ended them.
                for connection in [a, b] {
                    _ = try await connection.frames(for: .zero)
                    await connection.abort()
                }
            }
        },
        ConformanceCase(
            "RED-15", .prescribed, "Spontaneous data to all",
            stimulus: "Two groups started",
            expectation: "Same event, same time tag on both",
            needs: [.feed, .connections(2), .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let (a, b) = (try await test.start(), try await test.start())
            try await test.feed(FeedUpdate(point, .bool(true)))
            let (one, other) = (try await a.expect(.point(point)), try await b.expect(.point(point)))
            try test.check(
                one.elements(of: point) == other.elements(of: point), "the same event with the same time tag on both",
                came: "\(FrameText.of(one)) and \(FrameText.of(other))")
        },
        ConformanceCase(
            "RED-17", .prescribed, "GI on one",
            stimulus: "GI of master A",
            expectation: "Nothing of it on B",
            needs: [.connections(2)]
        ) { test in
            let (a, b) = (try await test.start(), try await test.start())
            _ = try await a.interrogate(test.interrogation())
            try await b.expectNone(FramePattern("any of the answer") { $0.type == 100 || $0.cause == 20 })
        },
        ConformanceCase(
            "RED-18", .prescribed, "t3 on each",
            stimulus: "Both idle",
            expectation: "TESTFR act on each connection by itself",
            timing: "t3",
            needs: [.connections(2), .link]
        ) { test in
            let (a, b) = (try await test.start(), try await test.start())
            async let one = test.expectTestFrame(a)
            async let other = test.expectTestFrame(b)
            _ = try await (one, other)
        },
        ConformanceCase(
            "RED-19", .robustness, "Station shutdown",
            stimulus: "Stop the station in order",
            expectation: "No I after the shutdown began; FIN, not silence",
            needs: [.ownStation]
        ) { test in
            try await test.withStation { test, station in
                let a = try await test.start()
                try await station.stop()
                try await a.expectClose(within: .seconds(10), without: .information)
                try await station.restart()
            }
        },
        ConformanceCase(
            "RED-20", .declared, "Restart",
            stimulus: "Kill and start the station",
            expectation: "Connections reset; T70 (INI-01); buffered events kept only if declared persistent",
            needs: [.ownStation, .point(.M_ME_NB_1), .link],
            answers: ["discarded", "kept"]
        ) { test in
            try await test.withStation { test, station in
                let address = test.target.localAddress?()
                let (a, point) = try await test.withWaitingEvents(from: address)
                try await station.restart()
                try await a.expectClose(within: .seconds(10))
                let b = try await test.connectAgain(from: address)
                let frames = try await b.frames(for: test.pace.silence)
                if test.profile.supports(.endOfInitialization) == true {
                    try test.check(
                        frames.first(where: \.isInformation)?.type == 70, "end of initialization",
                        came: FrameText.of(frames))
                }
                let events = frames.filter(FramePattern.point(point).matches)
                test.observe(events.isEmpty ? "discarded" : "kept")
            }
        },
    ]
}
