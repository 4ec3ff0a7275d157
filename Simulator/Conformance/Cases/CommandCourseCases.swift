import ControllingStation
import IEC104Model
import NIOCore

/// How commands are carried out, and by whom.
enum CommandCourseCases {
    /// How far from its declared duration a slow output may end.
    private static let slowOutputTolerance = Duration.milliseconds(500)

    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "CMD-24", .prescribed, "Refused",
            stimulus: "SCO 01 to a point that is always refused",
            expectation: "con-; no term, no output",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.processCommand("is refused") { $0.isRefused }
            let a = try await test.start()
            try await test.expectRefused(command.request(1), on: a)
        },
        ConformanceCase(
            "CMD-25", .declared, "Failure after con+",
            stimulus: "SCO 01 to a point whose output fails during execution",
            expectation: "term with P/N=1, or none: declared",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["terminated-negatively", "not-terminated"]
        ) { test in
            let command = try await test.processCommand("fails") { $0.fails && !$0.isRefused }
            let a = try await test.start()
            let request = command.request(1)
            try await a.confirmed(request)
            let answers = try await a.frames(for: test.pace.silence).filter(FramePattern.anyAnswer(to: request).matches)
            let wrong = answers.filter { $0.cause != 10 || !$0.isNegative }
            try test.check(wrong.isEmpty && answers.count <= 1, "one negative termination", came: FrameText.of(answers))
            test.observe(answers.isEmpty ? "not-terminated" : "terminated-negatively")
        },
        ConformanceCase(
            "CMD-26", .conditional, "Slow output",
            stimulus: "SCO 01 to a point whose output takes a while",
            expectation: "con+ prompt, term after the declared duration",
            timing: "the declared duration ±\(slowOutputTolerance)",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.processCommand("takes a while") {
                $0.duration != nil && !$0.isRefused && !$0.fails
            }
            let duration = Duration.seconds(command.duration ?? 0)
            let a = try await test.start()
            let request = command.request(1)
            let sent = try await a.send(request)
            try await a.expect(.confirmation(of: request))
            let termination = try await a.expect(.termination(of: request), within: duration + test.pace.prompt)
            let elapsed = (termination.time - sent).duration
            try test.check(
                elapsed >= duration - slowOutputTolerance && elapsed <= duration + slowOutputTolerance,
                "the termination after \(duration) ±\(slowOutputTolerance)", came: "it after \(elapsed)")
        },
        ConformanceCase(
            "CMD-27", .declared, "Second command while one runs",
            stimulus: "SCO 01 twice to a point whose output takes a while",
            expectation: "Second con- (common) or queued: declared; never two outputs at once",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.processCommand("takes a while") {
                $0.duration != nil && !$0.isRefused && !$0.fails
            }
            let a = try await test.start()
            try await a.confirmed(command.request(1))
            let answer = try await a.outcome(of: command.request(1))
            let terminations = answer == "executed" ? 2 : 1
            for _ in 0..<terminations {
                try await a.expect(
                    .termination(of: command.request(1)), within: .seconds(2 * (command.duration ?? 0) + 2))
            }
            test.observe(answer)
        },
        ConformanceCase(
            "CMD-28", .conditional, "Qualifier of command",
            stimulus: "QU 1, 2, 3",
            expectation: "con mirrors QU",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            for qualifier: UInt8 in [1, 2, 3] { try await a.confirmed(command.request(qualifier << 2 | 1)) }
        },
        ConformanceCase(
            "CMD-29", .declared, "Reserved qualifier",
            stimulus: "QU 4 and 31 (SCO 11 and SCO 7D)",
            expectation: "con- or as default: declared",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            test.observe(try await test.outcomes(of: [0x11, 0x7D].map { command.request($0) }, on: a))
        },
        ConformanceCase(
            "CMD-30", .declared, "Reserved bit of SCO",
            stimulus: "SCO 03 (bit 2)",
            expectation: "Ignored or con- ; mirrored unchanged",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["executed", "refused"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            test.observe(try await a.outcome(of: command.request(3)))
        },
        ConformanceCase(
            "CMD-51", .declared, "Return information cause",
            stimulus: "CMD-01 with two masters started",
            expectation: "Commanding master COT 11, others COT 3 (or 3 to all): declared",
            needs: [.command(.C_SC_NA_1), .connections(2)], company: .feeding,
            answers: ["remote-to-sender", "remote-to-all", "spontaneous"]
        ) { test in
            let command = try await test.processCommand("has return information") { command in
                command.returns != nil && !command.isRefused && !command.fails && command.duration == nil
            }
            let point = ProfilePoint(command.commonAddress, command.returns ?? 0, .M_SP_TB_1)
            let (a, b) = (try await test.start(), try await test.start())
            try await a.send(command.request(1))
            let (own, other) = (try await a.expect(.point(point)).cause, try await b.expect(.point(point)).cause)
            test.observe(own == 3 ? "spontaneous" : other == 3 ? "remote-to-sender" : "remote-to-all")
        },
        ConformanceCase(
            "CMD-52", .prescribed, "Answers only to the sender",
            stimulus: "CMD-01 with two masters",
            expectation: "con, term only on the commanding connection",
            needs: [.command(.C_SC_NA_1), .connections(2)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let (a, b) = (try await test.start(), try await test.start())
            try await test.execute(command.request(1), of: command, on: a)
            try await b.expectNone(.anyAnswer(to: command.request(1)))
        },
        ConformanceCase(
            "CMD-53", .declared, "Remote/local switch",
            stimulus: "Station in local mode",
            expectation: "All commands con-; monitoring goes on",
            timing: "prompt",
            obstacle: "no local mode can be switched on from here"),
        ConformanceCase(
            "CMD-54", .declared, "Backend not reachable",
            stimulus: "Data source offline",
            expectation: "con- within its time limit, no late execution when it returns",
            timing: "< t1",
            needs: [.ownStation, .command(.C_SC_NA_1), .link],
            answers: ["refused", "silent"]
        ) { test in
            try await test.withStation { test, station in
                let command = try await test.command(.C_SC_NA_1, .direct)
                let a = try await test.start()
                try await station.setSource(isThere: false)
                let request = command.request(1)
                try await a.send(request)
                let frame = try await a.expect(.anyAnswer(to: request), within: test.t1)
                try test.check(frame.isNegative, "a refusal", came: FrameText.of(frame))
                try await station.setSource(isThere: true)
                try await a.expectNone(.anyAnswer(to: request))
                test.observe("refused")
            }
        },
        ConformanceCase(
            "CMD-55", .prescribed, "Late execution",
            stimulus: "SCO 01 to a point whose output takes a while; RST behind con+, reconnect, STARTDT",
            expectation: "Executed once, no answer on the new connection",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            guard let process = test.target.process else {
                throw CaseStop.skipped("what the station puts out can't be seen without its store (--redis)")
            }
            let command = try await test.processCommand("takes a while") {
                $0.duration != nil && !$0.isRefused && !$0.fails
            }
            let address = test.target.localAddress?()
            let before = process.executions(of: command)
            let a = try await test.start(from: address)
            try await a.confirmed(command.request(1))
            await a.abort()
            let b = try await test.connectAgain(from: address)
            try await b.expectNone(
                .anyAnswer(to: command.request(1)), for: .seconds(command.duration ?? 0) + test.pace.late)
            let executions = process.executions(of: command) - before
            try test.check(executions == 1, "one execution", came: "\(executions)")
        },
        ConformanceCase(
            "CMD-56", .prescribed, "Burst",
            stimulus: "100 commands to the direct single commands in turn, window respected",
            expectation: "Each con+/term pair complete, in order per point",
            needs: [.command(.C_SC_NA_1)], company: .alone
        ) { test in
            let commands = test.profile.commands.filter {
                $0.type == .C_SC_NA_1 && $0.operation == .direct && $0.isPlain
            }
            guard !commands.isEmpty else {
                throw CaseStop.skipped("the profile declares no direct single command that is carried out at once")
            }
            let a = try await test.start()
            // A point takes one command at a time: whether it refuses another is CMD-27.
            let window = max(1, min(test.k / 2, commands.count))
            for part in stride(from: 0, to: 100, by: window) {
                let requests = (part..<min(part + window, 100)).map {
                    commands[$0 % commands.count].request(UInt8($0 & 1))
                }
                for request in requests { try await a.send(request) }
                var replies: [ProbeFrame] = []
                while replies.count < 2 * requests.count {
                    replies.append(try await a.expect(FramePattern("a confirmation or termination") { $0.type == 45 }))
                }
                let wrong = replies.filter { $0.isNegative || ![7, 10].contains($0.cause) }
                try test.check(wrong.isEmpty, "each confirmed and terminated", came: FrameText.of(wrong))
                for (address, own) in Dictionary(grouping: replies, by: \.objectAddress) {
                    let pairs = Array(repeating: [UInt8(7), 10], count: requests.count { $0.objectAddress == address })
                    try test.check(
                        own.compactMap(\.cause) == pairs.flatMap { $0 }, "one confirmation, then one termination each",
                        came: FrameText.of(own))
                }
            }
        },
        ConformanceCase(
            "LNK-47", .prescribed, "Commands with the window full",
            stimulus: "k unconfirmed, T45",
            expectation: "Command executed at most once; con+ sent as soon as the window opens",
            needs: [.command(.C_SC_NA_1), .link], company: .alone
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            _ = try await test.unacknowledged(test.k, a)
            let request = command.request(1)
            try await a.send(request)
            try await a.expectNone(.information, for: test.pace.silence / 2)
            try await a.acknowledgeAll()
            try await a.expect(.confirmation(of: request))
            try await a.expectNone(.confirmation(of: request))
        },
        ConformanceCase(
            "GI-17", .declared, "Command during GI",
            stimulus: "T100 and T45 at once",
            expectation: "con+ at the next window opening, not after the GI",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .link], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            let request = command.request(1)
            try await a.send(.request(test.interrogation()), .request(request))
            try await a.expect(.confirmation(of: request), within: test.pace.prompt)
        },
        ConformanceCase(
            "TST-04", .declared, "No side effect",
            stimulus: "T107 between select and execute",
            expectation: "Select kept",
            needs: [.command(.C_SC_NA_1), .function(.testCommand)], company: .feeding,
            answers: ["kept", "dropped"]
        ) { test in
            let (a, command) = try await test.selected()
            try await a.confirmed(test.testCommand())
            test.observe(try await a.outcome(of: command.request(1)) == "executed" ? "kept" : "dropped")
        },
        ConformanceCase(
            "RED-16", .prescribed, "Selection across masters",
            stimulus: "A selects; B selects the same point, then executes",
            expectation: "B: con- both times",
            needs: [.command(.C_SC_NA_1), .connections(2)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let (a, b) = (try await test.start(), try await test.start())
            try await a.confirmed(command.request(0x81))
            try await test.expectRefused(command.request(0x81), on: b)
            try await test.expectRefused(command.request(1), on: b)
        },
    ]
}
