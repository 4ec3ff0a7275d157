import ControllingStation
import IEC104Model
import NIOCore

/// Commands whose course the process decides: refused, slow, failing, with return information.
enum ProcessCommandCases {
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
            expectation: "Second con- (common) or queued: declared; one term for each that was confirmed",
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
            "CMD-55", .prescribed, "Late execution",
            stimulus: "SCO 01 to a point whose output takes a while; RST behind con+, reconnect, STARTDT",
            expectation: "Executed at most once, no answer on the new connection",
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
            try test.check(executions <= 1, "one execution at most", came: "\(executions)")
        },
    ]
}
