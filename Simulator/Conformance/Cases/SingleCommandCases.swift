import ControllingStation
import IEC104Model
import NIOCore

/// Single commands, direct and select-and-execute.
enum SingleCommandCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "CMD-01", .prescribed, "Direct single command",
            stimulus: "68 0E 00 00 00 00 2D 01 06 00 01 00 D1 07 00 01",
            expectation:
                "con+ 68 0E 00 00 02 00 2D 01 07 00 01 00 D1 07 00 01; return information 1001 on; term 68 0E xx xx 02 00 2D 01 0A 00 01 00 D1 07 00 01",
            timing: "con prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            try await test.execute(command.request(1), of: command, on: a)
        },
        ConformanceCase(
            "CMD-02", .prescribed, "Order",
            stimulus: "As CMD-01",
            expectation: "con first, then term, each once; return information as commanded, in any order",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            let request = command.request(1)
            let frames = try await test.execute(request, of: command, on: a)
            let replies = frames.filter(FramePattern.anyAnswer(to: request).matches).compactMap(\.cause)
            try test.check(replies == [7, 10], "a confirmation, then a termination", came: FrameText.of(frames))
            try await a.expectNone(.anyAnswer(to: request))
        },
        ConformanceCase(
            "CMD-03", .prescribed, "Off",
            stimulus: "SCO 00",
            expectation: "As CMD-01",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            try await test.execute(command.request(0), of: command, on: a)
        },
        ConformanceCase(
            "CMD-04", .declared, "Already in that state",
            stimulus: "Command to the present state",
            expectation: "con+, or con-: declared",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["executed", "refused"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            try await test.execute(command.request(1), of: command, on: a)
            test.observe(try await a.outcome(of: command.request(1)))
        },
        ConformanceCase(
            "CMD-05", .prescribed, "Select",
            stimulus: "SCO 81 to a select point",
            expectation: "con+ with SCO 81; no output, no term",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.selectCommand()
            let a = try await test.start()
            let before = test.target.process?.executions(of: command)
            try await a.send(command.request(0x81))
            let frames = try await a.frames(until: .confirmation(of: command.request(0x81)))
            let output = FramePattern("return information") { frame in
                test.returned(by: command).map { FramePattern.point($0).matches(frame) } == true
                    && [3, 11].contains(frame.cause)
            }
            try test.check(!frames.contains(where: output.matches), output.absence, came: FrameText.of(frames))
            try await a.expectNone(
                output.or(.anyAnswer(to: command.request(0x81))), for: test.pace.silence / 2)
            let after = test.target.process?.executions(of: command)
            try test.check(before == after, "no output", came: "one that the process has seen")
        },
        ConformanceCase(
            "CMD-06", .prescribed, "Execute after select",
            stimulus: "SCO 01 within the timeout",
            expectation: "con+, output, return information, term",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.selectCommand()
            let a = try await test.start()
            let output = try await test.output(of: command, on: a)
            try await a.confirmed(command.request(0x81))
            try await test.execute(command.request(1), of: command, on: a, from: output)
        },
        ConformanceCase(
            "CMD-07", .prescribed, "Execute without select",
            stimulus: "SCO 01 to a select point",
            expectation: "con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let a = try await test.start()
            try await test.expectRefused(command.request(1), on: a)
        },
        ConformanceCase(
            "CMD-08", .prescribed, "Select timeout",
            stimulus: "Select, wait select timeout + 1 s, execute",
            expectation: "con-; no output; the timeout itself sends nothing",
            timing: "timeout +1 s/-0",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let (a, command) = try await test.selected()
            try await a.expectNone(
                .anyAnswer(to: command.request(1)), for: .seconds(test.profile.selectTimeout) + test.pace.late)
            try await test.expectRefused(command.request(1), on: a)
        },
        ConformanceCase(
            "CMD-09", .prescribed, "Just inside the timeout",
            stimulus: "Execute at 0.8 × timeout",
            expectation: "con+",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let a = try await test.start()
            let output = try await test.output(of: command, on: a)
            let selected = NIODeadline.now()
            try await a.confirmed(command.request(0x81))
            _ = try await a.frames(for: .seconds(test.profile.selectTimeout) * 0.8)
            let elapsed = (NIODeadline.now() - selected).duration
            try test.require(elapsed < .seconds(test.profile.selectTimeout) * 0.95, "the execute was late: \(elapsed)")
            try await test.execute(command.request(1), of: command, on: a, from: output)
        },
        ConformanceCase(
            "CMD-10", .prescribed, "Cancel",
            stimulus: "Select, then COT 8 SCO 81",
            expectation: "COT 9 P/N=0; a later execute gives con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let (a, command) = try await test.selected()
            let cancel = command.request(0x81).with { $0.cause = 8 }
            try await a.send(cancel)
            try await a.expect(.answer(to: cancel, cause: 9))
            try await test.expectRefused(command.request(1), on: a)
        },
        ConformanceCase(
            "CMD-11", .declared, "Cancel with S/E=0",
            stimulus: "Select, then COT 8 SCO 01",
            expectation: "COT 9 P/N=0 (common)",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["confirmed", "refused"]
        ) { test in
            let (a, command) = try await test.selected()
            test.observe(try await a.cancellation(of: command.request(1)))
        },
        ConformanceCase(
            "CMD-12", .declared, "Cancel without select",
            stimulus: "COT 8 to an idle point",
            expectation: "COT 9 P/N=1",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "confirmed"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let a = try await test.start()
            test.observe(try await a.cancellation(of: command.request(0x81)))
        },
        ConformanceCase(
            "CMD-13", .declared, "Double select, same master",
            stimulus: "Select twice",
            expectation: "con+ twice with restarted timeout, or con- : declared",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["executed", "refused"]
        ) { test in
            let (a, command) = try await test.selected()
            test.observe(try await a.outcome(of: command.request(0x81)))
        },
        ConformanceCase(
            "CMD-14", .prescribed, "Double select, other master",
            stimulus: "Masters A and B select the same point",
            expectation: "B: con-; A may execute",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .connections(2)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let (a, b) = (try await test.start(), try await test.start())
            let output = try await test.output(of: command, on: a)
            try await a.confirmed(command.request(0x81))
            try await test.expectRefused(command.request(0x81), on: b)
            try await test.execute(command.request(1), of: command, on: a, from: output)
        },
        ConformanceCase(
            "CMD-15", .prescribed, "Execute by other master",
            stimulus: "A selects, B executes",
            expectation: "B: con-; select of A kept or dropped: declared; no output",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .connections(2)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let (a, b) = (try await test.start(), try await test.start())
            try await a.confirmed(command.request(0x81))
            try await test.expectRefused(command.request(1), on: b)
        },
        ConformanceCase(
            "CMD-16", .prescribed, "Value differs",
            stimulus: "Select 81, execute 00",
            expectation: "con-; select dropped (common)",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let (a, command) = try await test.selected()
            try await test.expectRefused(command.request(0), on: a)
        },
        ConformanceCase(
            "CMD-17", .declared, "Qualifier differs",
            stimulus: "Select 85, execute 01",
            expectation: "con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let a = try await test.start()
            try await a.confirmed(command.request(0x85))
            test.observe(try await a.outcome(of: command.request(1)))
        },
        ConformanceCase(
            "CMD-18", .declared, "Type differs",
            stimulus: "Select with T45, execute with T58",
            expectation: "con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .function(.timeTaggedCommands)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let (a, command) = try await test.selected()
            test.observe(try await a.outcome(of: command.request(1).timeTagged()))
        },
        ConformanceCase(
            "CMD-19", .declared, "Originator differs",
            stimulus: "Same connection, other OA",
            expectation: "con- or con+: declared",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let a = try await test.start()
            try await a.confirmed(command.request(0x81).with { $0.originator = 1 })
            test.observe(try await a.outcome(of: command.request(1).with { $0.originator = 2 }))
        },
        ConformanceCase(
            "CMD-20", .prescribed, "Select, connection lost",
            stimulus: "RST, reconnect, execute",
            expectation: "con-",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let address = test.target.localAddress?()
            let a = try await test.start(from: address)
            try await a.confirmed(command.request(0x81))
            await a.abort()
            let b = try await test.start(from: address)
            try await test.expectRefused(command.request(1), on: b)
        },
        ConformanceCase(
            "CMD-21", .declared, "Select, STOPDT, STARTDT",
            stimulus: "Execute after it",
            expectation: "con- (common)",
            needs: [.command(.C_SC_NA_1)], company: .alone,
            answers: ["refused", "executed"]
        ) { test in
            let (a, command) = try await test.selected()
            try await a.stopTransfer()
            try await a.startTransfer()
            test.observe(try await a.outcome(of: command.request(1)))
        },
        ConformanceCase(
            "CMD-22", .prescribed, "Execute uses up the select",
            stimulus: "Execute twice",
            expectation: "Second: con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.selectCommand()
            let a = try await test.start()
            let output = try await test.output(of: command, on: a)
            try await a.confirmed(command.request(0x81))
            try await test.execute(command.request(1), of: command, on: a, from: output)
            try await test.expectRefused(command.request(1), on: a)
        },
        ConformanceCase(
            "CMD-23", .declared, "Select on a direct point",
            stimulus: "SCO 81 to a direct point, then SCO 01",
            expectation: "con+ both, or con- for select on direct-only points: declared",
            needs: [.command(.C_SC_NA_1)], company: .feeding,
            answers: ["executed", "refused"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            let select = try await a.outcome(of: command.request(0x81))
            let execute = try await a.outcome(of: command.request(1))
            try test.check(execute == "executed", "the execute to be confirmed", came: execute)
            test.observe(select)
        },
    ]
}
