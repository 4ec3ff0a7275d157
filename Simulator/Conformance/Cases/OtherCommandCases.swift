import ControllingStation
import IEC104Model

/// Double commands, steps, set-points, bitstrings, and commands with time tag.
enum OtherCommandCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "CMD-31", .conditional, "Double command",
            stimulus: "DCO 01 off, 02 on",
            expectation: "As CMD-01; return information T3/T31",
            needs: [.command(.C_DC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_DC_NA_1, .direct)
            let a = try await test.start()
            for state: UInt8 in [1, 2] { try await test.execute(command.request(state), of: command, on: a) }
        },
        ConformanceCase(
            "CMD-32", .prescribed, "Forbidden double state",
            stimulus: "DCO 00, 03; also select 80, 83",
            expectation: "con-; no output",
            timing: "prompt",
            needs: [.command(.C_DC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_DC_NA_1, .direct)
            let a = try await test.start()
            for state: UInt8 in [0x00, 0x03, 0x80, 0x83] { try await test.expectRefused(command.request(state), on: a) }
        },
        ConformanceCase(
            "CMD-33", .conditional, "Regulating step",
            stimulus: "RCO 01 lower, 02 higher",
            expectation: "One step each",
            needs: [.command(.C_RC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_RC_NA_1, .direct)
            let a = try await test.start()
            for step: UInt8 in [1, 2] { try await test.execute(command.request(step), of: command, on: a) }
        },
        ConformanceCase(
            "CMD-34", .prescribed, "Forbidden step",
            stimulus: "RCO 00, 03",
            expectation: "con-; no output",
            timing: "prompt",
            needs: [.command(.C_RC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_RC_NA_1, .direct)
            let a = try await test.start()
            for step: UInt8 in [0, 3] { try await test.expectRefused(command.request(step), on: a) }
        },
        ConformanceCase(
            "CMD-35", .declared, "Step at the end stop",
            stimulus: "Higher at highest tap",
            expectation: "con- (or con+ without change): declared",
            obstacle: "where the end stop is can't be told from here"),
        ConformanceCase(
            "CMD-36", .conditional, "Set-point normalized",
            stimulus: "T48 NVA 00 40 QOS 00",
            expectation: "con+; term only if \"C_SE ActTerm used\" is declared; return information 0.5",
            timing: "prompt",
            needs: [.command(.C_SE_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SE_NA_1, .direct)
            let a = try await test.start()
            try await test.execute(command.request([0x00, 0x40, 0x00]), of: command, on: a)
        },
        ConformanceCase(
            "CMD-37", .conditional, "Set-point scaled",
            stimulus: "T49 SVA FF 7F, 00 80",
            expectation: "As CMD-36, limits kept",
            needs: [.command(.C_SE_NB_1)], company: .feeding
        ) { test in
            let command = try await test.command {
                $0.type == .C_SE_NB_1 && $0.operation == .direct && $0.isPlain
            }
            let a = try await test.start()
            for value: [UInt8] in [[0xFF, 0x7F, 0x00], [0x00, 0x80, 0x00]] {
                try await test.execute(command.request(value), of: command, on: a)
            }
        },
        ConformanceCase(
            "CMD-38", .conditional, "Set-point float",
            stimulus: "T50 00 00 C0 3F 00",
            expectation: "As CMD-36, value bit-exact",
            needs: [.command(.C_SE_NC_1)], company: .feeding
        ) { test in
            let command = try await test.command {
                $0.type == .C_SE_NC_1 && $0.operation == .direct && $0.isPlain
            }
            let a = try await test.start()
            try await test.execute(command.request([0x00, 0x00, 0xC0, 0x3F, 0x00]), of: command, on: a)
        },
        ConformanceCase(
            "CMD-39", .declared, "Set-point not a number",
            stimulus: "T50 NaN 00 00 C0 7F, +inf 00 00 80 7F",
            expectation: "con-; nothing written",
            timing: "prompt",
            needs: [.command(.C_SE_NC_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.command { $0.type == .C_SE_NC_1 && $0.operation == .direct && $0.isPlain }
            let a = try await test.start()
            let values: [[UInt8]] = [[0x00, 0x00, 0xC0, 0x7F, 0x00], [0x00, 0x00, 0x80, 0x7F, 0x00]]
            test.observe(try await test.outcomes(of: values.map { command.request($0) }, on: a))
        },
        ConformanceCase(
            "CMD-40", .declared, "Set-point out of range",
            stimulus: "Above configured limit",
            expectation: "con-",
            timing: "prompt",
            needs: [.command(.C_SE_NC_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.command {
                $0.type == .C_SE_NC_1 && $0.operation == .direct && $0.maximum != nil
            }
            let a = try await test.start()
            let value = Float((command.maximum ?? 0) + 1).bitPattern
            let octets = (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
            test.observe(try await a.outcome(of: command.request(octets + [0])))
        },
        ConformanceCase(
            "CMD-41", .conditional, "Set-point select and execute",
            stimulus: "QOS 80, then 00 with the same value",
            expectation: "As CMD-05/06; other value at execute: con- (common)",
            needs: [.command(.C_SE_NC_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SE_NC_1, .select)
            let a = try await test.start()
            let output = try await test.output(of: command, on: a)
            try await a.confirmed(command.request([0x00, 0x00, 0xC0, 0x3F, 0x80]))
            try await test.execute(
                command.request([0x00, 0x00, 0xC0, 0x3F, 0x00]), of: command, on: a, from: output)
        },
        ConformanceCase(
            "CMD-42", .declared, "QL not 0",
            stimulus: "QOS 01",
            expectation: "con- or ignored: declared",
            needs: [.command(.C_SE_NC_1)], company: .feeding,
            answers: ["refused", "executed"]
        ) { test in
            let command = try await test.command {
                $0.type == .C_SE_NC_1 && $0.operation == .direct && $0.isPlain
            }
            let a = try await test.start()
            test.observe(try await a.outcome(of: command.request([0x00, 0x00, 0xC0, 0x3F, 0x01])))
        },
        ConformanceCase(
            "CMD-43", .conditional, "Bitstring",
            stimulus: "T51 78 56 34 12",
            expectation: "con+; no select exists; term not used (common)",
            needs: [.command(.C_BO_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_BO_NA_1, .direct)
            let a = try await test.start()
            try await a.confirmed(command.request([0x78, 0x56, 0x34, 0x12]))
        },
        ConformanceCase(
            "CMD-44", .conditional, "Commands with time tag",
            stimulus: "T58..T64 as far as declared, fresh time",
            expectation: "As without time tag; con and term mirror the time tag",
            needs: [.function(.timeTaggedCommands)], company: .feeding
        ) { test in
            let a = try await test.start()
            for (type, element) in CommandElements.examples {
                guard let command = try? await test.command(type, .direct) else { continue }
                try await test.execute(command.request(element).timeTagged(), of: command, on: a)
            }
        },
        ConformanceCase(
            "CMD-45", .conditional, "Too old",
            stimulus: "T58 with time = now - (max. age + 2 s)",
            expectation: "Not executed; no answer or con-: declared",
            needs: [.function(.timeTaggedCommands), .function(.sameClock), .command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "silent"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            let answer = try await a.outcome(
                of: command.request(1).timeTagged(.seconds(-test.profile.maximumCommandAge - 2)))
            try test.check(answer != "executed", "a refusal or nothing", came: answer)
            test.observe(answer)
        },
        ConformanceCase(
            "CMD-46", .conditional, "Just young enough",
            stimulus: "time = now - (max. age - 2 s)",
            expectation: "Executed",
            needs: [.function(.timeTaggedCommands), .function(.sameClock), .command(.C_SC_NA_1)], company: .feeding
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            let request = command.request(1).timeTagged(.seconds(2 - test.profile.maximumCommandAge))
            try await test.execute(request, of: command, on: a)
        },
        ConformanceCase(
            "CMD-47", .declared, "From the future",
            stimulus: "time = now + 60 s",
            expectation: "Not executed (common) : declared",
            needs: [.function(.timeTaggedCommands), .function(.sameClock), .command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "silent", "executed"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            test.observe(try await a.outcome(of: command.request(1).timeTagged(.seconds(60))))
        },
        ConformanceCase(
            "CMD-48", .declared, "Time tag with IV",
            stimulus: "IV set, or month 0",
            expectation: "Not executed: declared",
            needs: [.function(.timeTaggedCommands), .command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "silent", "executed"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .direct)
            let a = try await test.start()
            let fresh = command.request(1).timeTagged()
            let invalid = fresh.with { $0.element[3] |= 0x80 }
            let impossible = fresh.with { $0.element[6] = 0 }
            test.observe(try await test.outcomes(of: [invalid, impossible], on: a))
        },
        ConformanceCase(
            "CMD-49", .declared, "Station clock not synchronized",
            stimulus: "T58 while the clock is invalid",
            expectation: "Declared (common: refused)",
            obstacle: "a station whose clock was never synchronized can't be brought about from here"),
        ConformanceCase(
            "CMD-50", .declared, "Too old select, too old execute",
            stimulus: "Fresh select, old execute",
            expectation: "con- or nothing; no output",
            needs: [.function(.timeTaggedCommands), .function(.sameClock), .command(.C_SC_NA_1)], company: .feeding,
            answers: ["refused", "silent"]
        ) { test in
            let command = try await test.command(.C_SC_NA_1, .select)
            let a = try await test.start()
            try await a.confirmed(command.request(0x81).timeTagged())
            let old = command.request(1).timeTagged(.seconds(-test.profile.maximumCommandAge - 2))
            let answer = try await a.outcome(of: old)
            try test.check(answer != "executed", "a refusal or nothing", came: answer)
            test.observe(answer)
        },
    ]
}
