import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// STARTDT and STOPDT.
enum StartStopCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-01", .prescribed, "Start data transfer",
            stimulus: "STARTDT act",
            expectation: "STARTDT con, then pending user data from N(S)=0",
            timing: "prompt"
        ) { test in
            let a = try await test.connect()
            try await a.startTransfer()
            try await a.send(test.harmless)
            let first = try await a.expect(.information)
            try test.check(first.sendNumber == 0, "user data from N(S) = 0", came: FrameText.of(first))
        },
        ConformanceCase(
            "LNK-02", .prescribed, "Order at start",
            stimulus: "STARTDT act with events buffered",
            expectation: "con is the first frame; no I frame ahead of it",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.connect()
            try await test.feed((0..<3).map { FeedUpdate(point, .bool($0 % 2 == 0)) })
            try await a.expectNone(.information, for: .milliseconds(500))
            try await a.startTransfer()
        },
        ConformanceCase(
            "LNK-03", .declared, "STARTDT when started",
            stimulus: "STARTDT act twice",
            expectation: "Second con; N(S) untouched",
            timing: "prompt",
            answers: ["confirmed", "ignored", "closed"]
        ) { test in
            let a = try await test.start()
            let last = try await test.settle(a).sendNumber ?? 0
            try await a.send(.startDataTransferActivation)
            let reaction = try await a.reaction(until: .function(.startDataTransferConfirmation))
            if !reaction.isClosed {
                try await a.send(test.harmless)
                let frames = reaction.frames + (try await a.frames(until: test.harmlessAnswer))
                try test.checkNumbers(frames, from: last + 1)
            }
            test.observe(reaction.word(answered: "confirmed"))
        },
        ConformanceCase(
            "LNK-04", .prescribed, "I frame before STARTDT",
            stimulus: "Connect, 68 0E 00 00 00 00 64 01 06 00 01 00 00 00 00 14",
            expectation: "No answer on application level; station closes the connection",
            timing: "prompt"
        ) { test in
            let a = try await test.connect()
            try await a.send(test.interrogation())
            try await a.expectClose(without: .information)
        },
        ConformanceCase(
            "LNK-05", .declared, "S frame before STARTDT",
            stimulus: "Connect, S(0) 68 04 01 00 00 00",
            expectation: "Station closes (state diagram); some masters send S(0), so \"ignore\" is met in the field",
            timing: "prompt",
            answers: ["close", "ignore"]
        ) { test in
            let a = try await test.connect()
            try await a.acknowledge(0)
            test.observe(try await a.closesOrIgnores())
        },
        ConformanceCase(
            "LNK-06", .prescribed, "TESTFR before STARTDT",
            stimulus: "Connect, TESTFR act",
            expectation: "TESTFR con",
            timing: "prompt"
        ) { test in
            let a = try await test.connect()
            try await a.expectAlive()
        },
        ConformanceCase(
            "LNK-07", .prescribed, "Plain stop",
            stimulus: "Started, all frames confirmed; STOPDT act",
            expectation: "STOPDT con; no I frame after it",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.stopTransfer()
            try await a.expectNone(.information)
        },
        ConformanceCase(
            "LNK-08", .prescribed, "Stop with unconfirmed received frames",
            stimulus: "A harmless request and STOPDT act at once",
            expectation: "S that confirms it (unless an I frame did), then STOPDT con",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.send(.request(test.harmless), .function(.stopDataTransferActivation))
            let frames = try await a.frames(until: .function(.stopDataTransferConfirmation))
            let number = try await a.sendState
            try test.check(
                frames.contains { $0.receiveNumber == number }, "N(R) = \(number) before STOPDT con",
                came: FrameText.of(frames))
        },
        ConformanceCase(
            "LNK-09", .prescribed, "No needless S",
            stimulus: "STOPDT act with nothing to confirm",
            expectation: "STOPDT con only, no S frame",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.send(.stopDataTransferActivation)
            let frames = try await a.frames(until: .function(.stopDataTransferConfirmation))
            let needless = frames.filter(FramePattern.supervisory.matches)
            try test.check(needless.isEmpty, "no S frame", came: FrameText.of(needless))
        },
        ConformanceCase(
            "LNK-10", .prescribed, "Stop with pending unconfirmed sent frames",
            stimulus:
                "Station has sent three I frames unconfirmed (k if that is less, one if k isn't known); STOPDT act, later S that confirms them",
            expectation: "No con yet, no further I frame (pending unconfirmed stopped); after the S: STOPDT con",
            timing: "con prompt after the S"
        ) { test in
            let (a, frames) = try await test.pendingStop()
            try await test.expectPending(a, frames)
            try await a.acknowledge()
            try await a.expect(.function(.stopDataTransferConfirmation))
        },
        ConformanceCase(
            "LNK-11", .prescribed, "Partial confirm in that state",
            stimulus: "As LNK-10, S that confirms all but the last, later one for all",
            expectation: "con only after the latter",
            needs: [.link]
        ) { test in
            let (a, frames) = try await test.pendingStop()
            try await a.acknowledge(try await a.receiveState - 1)
            try await test.expectPending(a, frames)
            try await a.acknowledge()
            try await a.expect(.function(.stopDataTransferConfirmation))
        },
        ConformanceCase(
            "LNK-12", .prescribed, "Never confirmed in that state",
            stimulus: "As LNK-10, nothing more",
            expectation: "Close at t1 after the oldest unconfirmed frame, no STOPDT con",
            timing: "t1",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            let frames = try await test.unacknowledged(min(3, test.k), a)
            try await a.send(.stopDataTransferActivation)
            if let oldest = frames.first {
                try await a.expectClose(
                    after: test.t1, since: oldest.time, without: .function(.stopDataTransferConfirmation))
            }
        },
        ConformanceCase(
            "LNK-13", .prescribed, "I frame in that state",
            stimulus: "As LNK-10, then an I frame",
            expectation: "Close (only S and U are allowed)",
            timing: "prompt"
        ) { test in
            let (a, _) = try await test.pendingStop()
            let (send, receive) = (try await a.sendState, try await a.receiveState)
            try await a.send(.numbered(test.harmless, send: send, receive: receive))
            try await a.expectClose(without: .information)
        },
        ConformanceCase(
            "LNK-14", .prescribed, "TESTFR in that state",
            stimulus: "As LNK-10, TESTFR act",
            expectation: "TESTFR con",
            timing: "prompt"
        ) { test in
            let (a, _) = try await test.pendingStop()
            try await a.expectAlive()
        },
        ConformanceCase(
            "LNK-15", .declared, "STARTDT in that state",
            stimulus: "As LNK-10, STARTDT act",
            expectation: "con and data resume with the next N(S), or close; no lost or renumbered frame",
            answers: ["resume", "close"]
        ) { test in
            let (a, _) = try await test.pendingStop()
            let number = try await a.receiveState
            try await a.send(.startDataTransferActivation)
            let answer = FramePattern.function(.startDataTransferConfirmation)
            let deadline = NIODeadline.now() + test.pace.prompt
            var event = try await a.next(until: deadline)
            while case .frame(let frame) = event, !answer.matches(frame) { event = try await a.next(until: deadline) }
            switch event {
            case .closed: test.observe("close")
            case .nothing: throw CaseStop.failed(expected: "STARTDT con or a close", came: "neither")
            case .frame:
                try await a.acknowledgeAll()
                try await a.send(test.harmless)
                try test.checkNumbers(try await a.frames(until: test.harmlessAnswer), from: number)
                test.observe("resume")
            }
        },
        ConformanceCase(
            "LNK-16", .prescribed, "I frame after STOPDT con",
            stimulus: "I frame",
            expectation: "Close",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.stopTransfer()
            try await a.send(test.harmless)
            try await a.expectClose(without: .information)
        },
        ConformanceCase(
            "LNK-17", .prescribed, "S frame after STOPDT con",
            stimulus: "S frame",
            expectation: "Close",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.stopTransfer()
            try await a.acknowledge()
            try await a.expectClose(without: .information)
        },
        ConformanceCase(
            "LNK-18", .declared, "STOPDT when stopped",
            stimulus: "STOPDT act in stopped state",
            expectation: "STOPDT con",
            timing: "prompt",
            answers: ["confirmed", "ignored", "closed"]
        ) { test in
            let a = try await test.connect()
            try await a.send(.stopDataTransferActivation)
            let reaction = try await a.reaction(until: .function(.stopDataTransferConfirmation))
            test.observe(reaction.word(answered: "confirmed"))
        },
        ConformanceCase(
            "LNK-19", .prescribed, "Events while stopped",
            stimulus: "Change a point three times after STOPDT con, STARTDT act",
            expectation: "con, then three events in order; N(S) continues, is not reset",
            needs: [.feed, .point(.M_SP_TB_1)], company: .alone
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            try await a.stopTransfer()
            let number = try await a.receiveState
            try await test.feed([true, false, true].map { FeedUpdate(point, .bool($0)) })
            try await a.expectNone(.information)
            try await a.startTransfer()
            let first = try await a.expectNext(.information)
            try test.check(first.sendNumber == number, "N(S) = \(number), going on", came: FrameText.of(first))
            var values = first.values(of: point)
            if values.count < 3 { values += try await a.values(of: point, 3 - values.count) }
            try test.check(
                values == [true, false, true].map { .singlePoint($0) }, "the three changes in their order",
                came: "\(values)")
        },
        ConformanceCase(
            "LNK-20", .declared, "Cyclic data while stopped",
            stimulus: "Cyclic points configured",
            expectation: "Nothing sent; at restart no burst of stale cyclic values (common)",
            needs: [.ownStation],
            answers: ["left-out", "burst"]
        ) { test in
            let cyclic = ProfilePoint(1, 1602, .M_ME_NC_1, periodic: 1)
            try await test.withStation(StationSetting(points: [cyclic])) { test, _ in
                let a = try await test.start()
                try await test.feed(FeedUpdate(cyclic, .number(1)))
                try await a.expect(.point(cyclic, cause: 1), within: .seconds(5))
                try await a.stopTransfer()
                try await a.expectNone(.information, for: .seconds(3.5))
                try await a.startTransfer()
                let reports = try await a.frames(for: .milliseconds(700)).filter(
                    FramePattern.point(cyclic, cause: 1).matches)
                test.observe(reports.count > 1 ? "burst" : "left-out")
            }
        },
        ConformanceCase(
            "LNK-21", .prescribed, "Controlled station role",
            stimulus: "Watch the whole test run",
            expectation: "Station never sends STARTDT act or STOPDT act", company: .last
        ) { test in
            let requests = test.witness.dataTransferRequests
            try test.require(test.witness.frames > 0, "no other case was run")
            try test.check(requests.isEmpty, "no STARTDT act and no STOPDT act", came: requests.joined(separator: "; "))
        },
        ConformanceCase(
            "LNK-22", .declared, "con frames from the master",
            stimulus: "STARTDT con, STOPDT con, TESTFR con unasked, in stopped and in started state",
            expectation: "Ignored; state unchanged",
            timing: "nothing",
            answers: ["ignored", "closed"]
        ) { test in
            let a = try await test.connect()
            // The last one would change the state.
            try await a.send(
                .function(.stopDataTransferConfirmation), .function(.testFrameConfirmation),
                .function(.startDataTransferConfirmation))
            var answers = [try await a.closesOrIgnores()]
            if answers == ["ignore"] {
                try await a.send(test.harmless)
                let frames = try await a.frames(for: .milliseconds(500)).filter(\.isInformation)
                try test.check(frames.isEmpty, "data transfer still stopped", came: FrameText.of(frames))
            }
            let b = try await test.start()
            try await b.send(
                .function(.startDataTransferConfirmation), .function(.testFrameConfirmation),
                .function(.stopDataTransferConfirmation))
            answers.append(try await b.closesOrIgnores())
            if answers.last == "ignore" { try await test.settle(b) }
            let words = Set(answers.map { $0 == "ignore" ? "ignored" : "closed" })
            test.observe(words.sorted().joined(separator: ", "))
        },
    ]
}
