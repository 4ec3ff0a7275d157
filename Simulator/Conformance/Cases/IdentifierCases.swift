import ControllingStation
import IEC104Model

/// Types, causes and addresses in control direction.
enum IdentifierCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "DUI-01", .prescribed, "Unknown type",
            stimulus: "68 0E 00 00 00 00 C8 01 06 00 01 00 D1 07 00 01",
            expectation: "68 0E 00 00 02 00 C8 01 6C 00 01 00 D1 07 00 01: mirror, COT 44, P/N=1 (octet 6C)",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let request = RawRequest(200, ca: test.ca, ioa: 2001, [1])
            try await a.refused(request, cause: 44)
        },
        ConformanceCase(
            "DUI-02", .declared, "Type 0 and unused numbers",
            stimulus: "T0, T22, T41, T52, T90, T128",
            expectation: "COT 44, P/N=1; for T0 and reserved numbers also discard",
            timing: "prompt",
            answers: ["refused", "discarded"]
        ) { test in
            let a = try await test.start()
            var answers: Set<String> = []
            for type: UInt8 in [0, 22, 41, 52, 90, 128] {
                let request = RawRequest(type, ca: test.ca, ioa: 2001, [1])
                let reaction = try await a.reaction(to: request, before: test.harmless)
                let isRefused = reaction.frames.contains(
                    where: FramePattern.answer(to: request, cause: 44, isNegative: true).matches)
                try test.check(
                    isRefused || !reaction.isAnswered, "type \(type) refused with cause 44 or discarded",
                    came: reaction.text)
                answers.insert(isRefused ? "refused" : "discarded")
            }
            test.observe(answers.sorted().joined(separator: ", "))
        },
        ConformanceCase(
            "DUI-03", .declared, "Monitor type in control direction",
            stimulus: "T1 COT 3 from the master",
            expectation: "COT 44 or 45, or discard; value not taken over (unless reversed direction is declared)",
            needs: [.point(.M_SP_NA_1)],
            answers: ["refused", "discarded"]
        ) { test in
            let a = try await test.start()
            let point = test.profile.points.first { $0.type.withoutTimeTag == .M_SP_NA_1 }
            let request = RawRequest(
                1, cause: 3, ca: point?.commonAddress ?? test.ca, ioa: point?.objectAddress ?? 0, [1])
            let reaction = try await a.reaction(to: request, before: test.harmless)
            let isRefused = reaction.frames.contains { [44, 45].contains($0.cause) && $0.isNegative }
            try test.check(isRefused || !reaction.isAnswered, "cause 44 or 45, or nothing", came: reaction.text)
            test.observe(isRefused ? "refused" : "discarded")
        },
        ConformanceCase(
            "DUI-04", .prescribed, "Types of 101 not in 104",
            stimulus: "T2, T4, T106 to the station, and T104 unless that may be there",
            expectation: "COT 44, P/N=1",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            for type: UInt8 in [2, 4, 104, 106]
            where type != 104 || test.profile.supports(.testCommandWithoutTime) == false {
                // SIQ or DIQ with a CP24Time2a; FBP; CP16Time2a.
                let element: [UInt8] = type < 100 ? [0, 0, 0, 0] : type == 104 ? [0xAA, 0x55] : [0, 0]
                let request = RawRequest(type, ca: test.ca, ioa: 0, element)
                try await a.refused(request, cause: 44)
            }
        },
        ConformanceCase(
            "DUI-05", .prescribed, "Unknown cause, command",
            stimulus: "68 0E 00 00 00 00 2D 01 03 00 01 00 D1 07 00 01 (COT 3)",
            expectation: "Mirror, COT 45, P/N=1 (octet 6D); not executed",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)]
        ) { test in
            let a = try await test.start()
            let request = try test.singleCommand().with { $0.cause = 3 }
            try await a.refused(request, cause: 45)
        },
        ConformanceCase(
            "DUI-06", .prescribed, "Unknown cause, GI",
            stimulus: "T100 COT 5",
            expectation: "T100 COT 45, P/N=1",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.cause = 5 }
            try await a.refused(request, cause: 45)
        },
        ConformanceCase(
            "DUI-07", .prescribed, "Unknown cause, read",
            stimulus: "T102 COT 6",
            expectation: "T102 COT 45, P/N=1",
            timing: "prompt",
            needs: [.function(.read)]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(102, cause: 6, ca: test.ca, ioa: test.profile.points.first?.objectAddress ?? 1001)
            try await a.refused(request, cause: 45)
        },
        ConformanceCase(
            "DUI-08", .prescribed, "Cause 0, 63",
            stimulus: "T45 with COT 0 and 63; where none is declared, another declared command or an interrogation",
            expectation: "COT 45, P/N=1",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let base = test.anyCommand ?? test.interrogation()
            for cause: UInt8 in [0, 63] {
                let request = base.with { $0.cause = cause }
                try await a.refused(request, cause: 45)
            }
        },
        ConformanceCase(
            "DUI-09", .prescribed, "Unknown common address",
            stimulus:
                "An interrogation of an unknown CA; 68 0E 00 00 00 00 2D 01 06 00 03 00 D1 07 00 01, or another declared command, where the profile names a free CA",
            expectation: "Mirror with that CA, COT 46, P/N=1 (octet 6E)",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            try await a.refused(test.interrogation(ca: test.unknownCA), cause: 46)
            // A CA that isn't declared may be there nevertheless, and carry a command out.
            guard let free = test.profile.freeCommonAddress, let command = test.anyCommand else { return }
            try await a.refused(command.with { $0.commonAddress = free }, cause: 46)
        },
        ConformanceCase(
            "DUI-10", .declared, "CA 0",
            stimulus: "T100 CA 0",
            expectation: "COT 46, P/N=1 or discard (0 is not used)",
            answers: ["refused", "discarded"]
        ) { test in
            let a = try await test.start()
            let request = test.interrogation(ca: 0)
            let reaction = try await a.reaction(to: request, before: test.harmless)
            let isRefused = reaction.frames.contains(
                where: FramePattern.answer(to: request, cause: 46, isNegative: true).matches)
            try test.check(isRefused || !reaction.isAnswered, "cause 46 or nothing", came: reaction.text)
            test.observe(isRefused ? "refused" : "discarded")
        },
        ConformanceCase(
            "DUI-11", .prescribed, "Unknown IOA",
            stimulus:
                "A read command of an unknown IOA where read is declared; 68 0E 00 00 00 00 2D 01 06 00 01 00 0F 27 00 01, or another declared command, where the profile names a free IOA",
            expectation: "Mirror, COT 47, P/N=1 (octet 6F)",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            var requests: [RawRequest] = []
            if test.profile.supports(.read) == true {
                requests.append(RawRequest(102, cause: 5, ca: test.ca, ioa: test.unknownIOA))
            }
            // An IOA that isn't declared may be there nevertheless, and be operated.
            if let free = test.profile.freeObjectAddress, let command = test.anyCommand {
                requests.append(command.with { $0.objectAddress = free })
            }
            if requests.isEmpty {
                throw CaseStop.skipped("the profile declares neither read, nor commands and a free object address")
            }
            for request in requests { try await a.refused(request, cause: 47) }
        },
        ConformanceCase(
            "DUI-14", .declared, "Several errors at once",
            stimulus: "T200 to an unknown CA; T100 to an unknown CA with IOA 1",
            expectation:
                "One answer; which cause wins is declared (common: type, cause, CA, IOA in this order; some test CA first)",
            answers: ["type-first", "address-first"]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(200, ca: test.unknownCA, ioa: 2001, [1])
            let reaction = try await a.reaction(to: request, before: test.harmless)
            let causes = reaction.frames.filter(FramePattern.negativeAnswer(to: request).matches).compactMap(\.cause)
            try test.check(causes == [44] || causes == [46], "one answer with cause 44 or 46", came: reaction.text)
            let other = test.interrogation(ca: test.unknownCA).with { $0.objectAddress = 1 }
            let second = try await a.reaction(to: other, before: test.harmless)
            let answers = second.frames.filter(FramePattern.negativeAnswer(to: other).matches).compactMap(\.cause)
            try test.check(answers == [46] || answers == [47], "one answer with cause 46 or 47", came: second.text)
            test.observe(causes == [44] ? "type-first" : "address-first")
        },
        ConformanceCase(
            "DUI-15", .prescribed, "P/N always set with 44..47",
            stimulus: "T200; T100 with COT 5, to an unknown CA, and with IOA 1",
            expectation: "P/N=1"
        ) { test in
            let a = try await test.start()
            let requests = [
                (RawRequest(200, ca: test.ca, ioa: 2001, [1]), UInt8(44)),
                (test.interrogation().with { $0.cause = 5 }, 45), (test.interrogation(ca: test.unknownCA), 46),
                (test.interrogation().with { $0.objectAddress = 1 }, 47),
            ]
            for (request, cause) in requests {
                try await a.send(request)
                let answer = try await a.expect(.mirror(of: request))
                try test.check(
                    answer.isNegative, "P/N = 1 in the answer with cause \(cause)", came: FrameText.of(answer))
            }
        },
        ConformanceCase(
            "DUI-16", .prescribed, "IOA ≠ 0 where 0 is required",
            stimulus: "T100, and T101, T103, T107 where declared, with IOA 1; T105 too on a station of the bench",
            expectation: "COT 47, P/N=1",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            let functions: [(StationFunction, RawRequest)] = [
                (.counterInterrogation, test.counterInterrogation()), (.clockSynchronization, test.presentClock()),
                (.resetProcess, test.reset(1)), (.testCommand, test.testCommand()),
            ]
            // One that doesn't look at the address would be reset.
            let isOfBench = test.target.bench != nil
            let supported = functions.filter {
                test.profile.supports($0.0) == true && ($0.0 != .resetProcess || isOfBench)
            }.map(\.1)
            for base in [test.interrogation()] + supported {
                let request = base.with { $0.objectAddress = 1 }
                try await a.refused(request, cause: 47)
            }
        },
    ]
}
