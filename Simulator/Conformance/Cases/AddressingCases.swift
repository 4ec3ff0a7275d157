import IEC104Model

/// Broadcast, test bit, originator and wrong addresses.
enum AddressingCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "DUI-17", .prescribed, "Broadcast allowed",
            stimulus: "T100, T101, T103, T105 with CA 65535",
            expectation: "Executed by every CA; answers in monitor direction carry the real CA (1, 2)",
            timing: "see GI-18"
        ) { test in
            let a = try await test.start()
            let frames = try await a.broadcastInterrogated(test.interrogation(ca: 65_535))
            let unknown = frames.filter { frame in
                !frame.points.isEmpty && !test.profile.commonAddresses.contains(frame.commonAddress ?? 65_535)
            }
            try test.check(unknown.isEmpty, "data with the station's own common addresses", came: FrameText.of(unknown))
        },
        ConformanceCase(
            "DUI-18", .prescribed, "Broadcast forbidden",
            stimulus: "T45, T50, T102, T107, T110 with CA 65535",
            expectation: "Not executed; COT 46, P/N=1 (common) or discard",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            for base in [
                test.singleCommand, Request(50, ca: 0, ioa: 2501, [0, 0, 0xC0, 0x3F, 0]),
                Request(102, cause: 5, ca: 0, ioa: 1001), test.testCommand(),
                Request(110, ca: 0, ioa: 1401, [0, 0x40, 1]),
            ] {
                let request = base.with { $0.commonAddress = 65_535 }
                let reaction = try await a.reaction(to: request, before: test.harmless)
                let answers = reaction.frames.filter { $0.type == request.type || !$0.points.isEmpty }
                try test.check(
                    answers.allSatisfy { $0.isNegative && (44...47).contains($0.cause ?? 0) },
                    "type \(request.type) refused or discarded", came: reaction.text)
            }
        },
        ConformanceCase(
            "DUI-20", .declared, "Test bit elsewhere",
            stimulus: "T100 with T=1",
            expectation: "Answers with T=1, or con- with T=1",
            answers: ["answered", "refused", "discarded"]
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.cause = 0x86 }
            try await a.send(request)
            let frames = try await a.frames(for: test.pace.silence).filter { $0.type == 100 || $0.cause == 20 }
            try test.check(frames.allSatisfy(\.isTest), "T = 1 in every part of the answer", came: FrameText.of(frames))
            test.observe(frames.isEmpty ? "discarded" : frames.contains(where: \.isNegative) ? "refused" : "answered")
        },
        ConformanceCase(
            "DUI-21", .declared, "P/N in control direction",
            stimulus: "T45 COT octet 46",
            expectation: "P/N is irrelevant here: treat as activation, or discard; never crash",
            answers: ["activation", "discarded"]
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.cause = 0x46 }
            try await a.send(request)
            let frames = try await a.frames(for: test.pace.silence).filter { $0.type == 100 || $0.cause == 20 }
            test.observe(frames.contains { $0.cause == 10 } ? "activation" : "discarded")
        },
        ConformanceCase(
            "DUI-22", .prescribed, "Originator mirrored",
            stimulus: "T45 with OA 37, T100 with OA 5",
            expectation: "con, term and all data caused by it carry the OA",
            timing: "prompt", company: .feeding
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.originator = 5 }
            try test.checkOriginator(try await a.interrogate(request))
            guard test.profile.commands.contains(where: { $0.type == .C_SC_NA_1 && $0.operation == .direct }) else {
                return
            }
            let command = try await test.command(.C_SC_NA_1, .direct)
            try await test.execute(command.request(1).with { $0.originator = 37 }, of: command, on: a)
        },
        ConformanceCase(
            "DUI-23", .prescribed, "Originator of spontaneous data",
            stimulus: "Events",
            expectation: "OA 0 (default)",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            try await test.feed(FeedUpdate(point, .bool(true)))
            let frame = try await a.expect(.point(point))
            try test.check(frame.originator == 0, "originator address 0", came: FrameText.of(frame))
        },
        ConformanceCase(
            "DUI-24", .prescribed, "OA 0 and 255",
            stimulus: "Commands with OA 0, 255",
            expectation: "Mirrored"
        ) { test in
            let a = try await test.start()
            for originator: UInt8 in [0, 255] {
                let request = test.interrogation(ca: test.unknownCA).with { $0.originator = originator }
                try await a.send(request)
                let answer = try await a.expect(.mirror(of: request))
                try test.check(
                    answer.originator == originator, "originator address \(originator)", came: FrameText.of(answer))
            }
        },
        ConformanceCase(
            "DUI-25", .prescribed, "COT width",
            stimulus: "Every frame of the station",
            expectation: "Two-octet COT, two-octet CA, three-octet IOA", company: .last
        ) { test in
            let frames = test.witness.undecodable
            try test.require(test.witness.frames > 0, "no other case was run")
            try test.check(frames.isEmpty, "ASDUs with the field sizes of 104", came: frames.joined(separator: "; "))
        },
        ConformanceCase(
            "DUI-13", .prescribed, "IOA in the other CA",
            stimulus: "T45 CA 2, IOA 2001",
            expectation: "COT 47, P/N=1",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .secondCommonAddress]
        ) { test in
            let a = try await test.start()
            let request = test.singleCommand.with { $0.commonAddress = test.otherCA }
            try await a.refused(request, cause: 47)
        },
        ConformanceCase(
            "DUI-12", .declared, "IOA of another type",
            stimulus: "T45 to 2101 (double command), T46 to 2001",
            expectation: "Negative: COT 47 P/N=1 (common) or con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .command(.C_DC_NA_1)],
            answers: ["unknown-address", "refused"]
        ) { test in
            let a = try await test.start()
            let double = test.profile.commands.first { $0.type == .C_DC_NA_1 }
            let crossed = [
                test.singleCommand.with { $0.objectAddress = double?.objectAddress ?? 0 },
                Request(46, ca: test.singleCommand.commonAddress, ioa: test.singleCommand.objectAddress, [2]),
            ]
            var causes: Set<UInt8> = []
            for request in crossed {
                try await a.send(request)
                let answer = try await a.expect(.negativeAnswer(to: request))
                if let cause = answer.cause { causes.insert(cause) }
            }
            test.observe(causes == [47] ? "unknown-address" : "refused")
        },
        ConformanceCase(
            "DUI-19", .prescribed, "Test bit, command",
            stimulus: "68 0E 00 00 00 00 2D 01 86 00 01 00 D1 07 00 01 (octet 86)",
            expectation: "Not executed; con mirrors T=1 (octet 87 or C7)",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1)]
        ) { test in
            let a = try await test.start()
            let request = test.singleCommand.with { $0.cause = 0x86 }
            try await a.send(request)
            let answer = try await a.expect(.anyAnswer(to: request))
            try test.check(answer.isTest && answer.cause == 7, "a confirmation with T = 1", came: FrameText.of(answer))
            let output = FramePattern("a termination or return information") { $0.cause == 10 || $0.cause == 11 }
            try await a.expectNone(output)
        },
    ]
}
