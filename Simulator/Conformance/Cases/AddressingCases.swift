import ControllingStation
import IEC104Model

/// Broadcast, test bit, originator and wrong addresses.
enum AddressingCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "DUI-17", .prescribed, "Broadcast allowed",
            stimulus: "T100, and T101 where declared, with CA 65535",
            expectation: "Executed by every CA; answers in monitor direction carry the real CA (1, 2)",
            timing: "see GI-18"
        ) { test in
            let a = try await test.start()
            var frames = try await a.broadcastInterrogated(test.interrogation(ca: 65_535))
            if test.profile.supports(.counterInterrogation) == true {
                frames += try await a.broadcastInterrogated(test.counterInterrogation(ca: 65_535))
            }
            let unknown = frames.filter { frame in
                !frame.points.isEmpty && !test.profile.commonAddresses.contains(frame.commonAddress ?? 65_535)
            }
            try test.check(unknown.isEmpty, "data with the station's own common addresses", came: FrameText.of(unknown))
        },
        ConformanceCase(
            "DUI-18", .prescribed, "Broadcast forbidden",
            stimulus:
                "T102 and T107 with CA 65535; where the profile says robustness, T45 and T50 as far as declared, and T110 where there are no parameters",
            expectation: "Not executed; COT 46, P/N=1 (common) or discard",
            timing: "prompt"
        ) { test in
            let a = try await test.start()
            guard let point = test.profile.points.first else { throw CaseStop.skipped("no point is known") }
            var bases = [test.read(point), test.testCommand()]
            // A station that takes the broadcast carries it out, at common addresses that aren't declared too.
            if test.profile.allowsRobustness {
                bases += [test.declaredCommand(.C_SC_NA_1), test.declaredCommand(.C_SE_NC_1)].compactMap { $0 }
            }
            if test.profile.allowsRobustness, test.profile.supports(.parameters) == false {
                bases.append(RawRequest(110, ca: 0, ioa: point.objectAddress, [0, 0x40, 1]))
            }
            for base in bases {
                let request = base.with { $0.commonAddress = 65_535 }
                let reaction = try await a.reaction(to: request, before: test.harmless)
                let answers = reaction.frames.filter {
                    $0.type == request.type || (!$0.points.isEmpty && !$0.isSpontaneous)
                }
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
            stimulus: "T45 with COT octet 46; an interrogation where no T45 is declared",
            expectation: "P/N is irrelevant here: treat as activation, or discard; never crash",
            company: .feeding,
            answers: ["activation", "discarded"]
        ) { test in
            let a = try await test.start()
            let request = try await test.commandOrInterrogation().with { $0.cause = 0x46 }
            try await a.send(request)
            let answers = try await a.frames(for: test.pace.silence).filter(FramePattern.anyAnswer(to: request).matches)
            test.observe(answers.contains { $0.cause == 7 && !$0.isNegative } ? "activation" : "discarded")
        },
        ConformanceCase(
            "DUI-22", .prescribed, "Originator mirrored",
            stimulus: "T100 with OA 5, and T45 with OA 37 where declared",
            expectation: "con, term and all data caused by it carry the OA",
            timing: "prompt", company: .feeding
        ) { test in
            let a = try await test.start()
            let request = test.interrogation().with { $0.originator = 5 }
            try test.checkOriginator(try await a.interrogate(request))
            guard
                test.profile.commands.contains(where: {
                    $0.type == .C_SC_NA_1 && $0.operation == .direct && $0.isPlain
                })
            else { return }
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
            stimulus: "T100 to an unknown CA with OA 0 and 255",
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
            stimulus: "T45 with the IOA of a command, to a CA that doesn't have it",
            expectation: "COT 47, P/N=1",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .secondCommonAddress, .permission("carry the command out there")]
        ) { test in
            let a = try await test.start()
            let command = try test.singleCommand()
            let other = test.profile.commonAddresses.first { address in
                address != command.commonAddress
                    && !test.profile.commands.contains {
                        $0.commonAddress == address && $0.objectAddress == command.objectAddress
                    }
            }
            guard let other else { throw CaseStop.skipped("every common address has a command with this IOA") }
            try await a.refused(command.with { $0.commonAddress = other }, cause: 47)
        },
        ConformanceCase(
            "DUI-12", .declared, "IOA of another type",
            stimulus: "T45 to a double command, T46 to a single command",
            expectation: "Negative: COT 47 P/N=1 (common) or con-",
            timing: "prompt",
            needs: [.command(.C_SC_NA_1), .command(.C_DC_NA_1)],
            answers: ["unknown-address", "refused"]
        ) { test in
            let a = try await test.start()
            let single = try test.singleCommand()
            guard let double = test.declaredCommand(.C_DC_NA_1) else {
                throw CaseStop.skipped("the profile declares no double command that is carried out at once")
            }
            let crossed = [
                RawRequest(45, ca: double.commonAddress, ioa: double.objectAddress, [1]),
                RawRequest(46, ca: single.commonAddress, ioa: single.objectAddress, [2]),
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
            let command = try await test.command(.C_SC_NA_1, .direct)
            let request = command.request(1).with { $0.cause = 0x86 }
            try await a.send(request)
            let answer = try await a.expect(.anyAnswer(to: request))
            try test.check(answer.isTest && answer.cause == 7, "a confirmation with T = 1", came: FrameText.of(answer))
            try await a.expectNone(.termination(of: request).or(.termination(of: command.request(1))))
            if let returns = command.returns {
                try await a.expectNone(.point(ProfilePoint(command.commonAddress, returns, .M_SP_TB_1), cause: 11))
            }
        },
    ]
}
