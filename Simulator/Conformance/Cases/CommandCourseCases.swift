import ControllingStation
import IEC104Model

/// How commands are carried out, and by whom.
enum CommandCourseCases {
    static let cases: [ConformanceCase] = [
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
