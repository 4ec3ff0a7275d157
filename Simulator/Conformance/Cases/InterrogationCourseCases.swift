import ControllingStation
import IEC104Link
import IEC104Model

/// What happens while an interrogation runs.
enum InterrogationCourseCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "GI-16", .prescribed, "Events during GI",
            stimulus: "Ten times: ten changes of a point, and T100 at once",
            expectation:
                "Events COT 3 in between; for every point the last transmitted value is the newest; no GI value older than an event already sent",
            timing: "event delay below the guard time",
            needs: [.feed, .point(.M_ME_NB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_ME_NB_1)
            let a = try await test.start()
            let request = test.interrogation(ca: point.commonAddress)
            var next: Int16 = 0
            var newestEvent: Int16 = -1
            for _ in 0..<10 {
                let updates = (0..<10).map { FeedUpdate(point, .integer(Int(next) + $0)) }
                next += 10
                try await test.feed(updates)
                try await a.send(request)
                let frames = try await a.answer(until: .termination(of: request))
                for frame in frames {
                    for case .scaled(let value) in frame.values(of: point) {
                        try test.check(
                            frame.cause != 20 || value >= newestEvent, "no answer older than an event already sent",
                            came: "\(value) after \(newestEvent)")
                        if frame.cause != 20 { newestEvent = value }
                    }
                }
            }
            try await test.feed(FeedUpdate(point, .integer(9999)))
            while try await a.values(of: point, 1) != [.scaled(9999)] {}
            let answer = try await a.interrogate(request).frames.flatMap { $0.values(of: point) }
            try test.check(answer.last == .scaled(9999), "the newest value last", came: "\(answer)")
        },
        ConformanceCase(
            "GI-18", .prescribed, "Broadcast",
            stimulus: "68 0E 00 00 00 00 64 01 06 00 FF FF 00 00 00 14",
            expectation: "Points of both CAs, each with its own CA; CA 65535 never in data; terminated"
        ) { test in
            let a = try await test.start()
            let frames = try await a.broadcastInterrogated(test.interrogation(ca: 65_535)).filter { $0.cause == 20 }
            let addresses = Set(frames.compactMap(\.commonAddress))
            try test.check(
                !addresses.contains(65_535), "no data with the broadcast address", came: FrameText.of(frames))
            let expected = Set(test.profile.commonAddresses.filter { !test.profile.interrogated($0).isEmpty })
            try test.check(
                addresses == expected, "points of the common addresses \(expected.sorted())",
                came: "\(addresses.sorted())")
            for address in expected.sorted() {
                let own = frames.filter { $0.commonAddress == address }
                try test.checkComplete(own.flatMap(\.points), of: address)
            }
        },
        ConformanceCase(
            "GI-19", .declared, "Broadcast, con address",
            stimulus: "As GI-18",
            expectation:
                "con and term once per CA with the real CA (common); a single con with 65535 is met in the field: declared",
            answers: ["each", "broadcast"]
        ) { test in
            let a = try await test.start()
            let frames = try await a.broadcastInterrogated(test.interrogation(ca: 65_535)).filter { $0.type == 100 }
            let confirmed = frames.filter { $0.cause == 7 }.compactMap(\.commonAddress).sorted()
            let terminated = frames.filter { $0.cause == 10 }.compactMap(\.commonAddress).sorted()
            try test.check(
                confirmed == terminated && !confirmed.isEmpty, "as many terminations as confirmations",
                came: FrameText.of(frames))
            test.observe(confirmed == [65_535] ? "broadcast" : "each")
        },
        ConformanceCase(
            "GI-22", .prescribed, "Window stall",
            stimulus: "Master confirms nothing during GI",
            expectation: "Stops at k; after S goes on without loss or repetition",
            needs: [.link]
        ) { test in
            let a = try await test.start()
            let request = test.interrogation()
            try await a.holdAcknowledgements()
            try await a.send(request)
            var frames = try await a.frames(for: .seconds(1))
            let stalled = frames.filter(\.isInformation).count
            try test.check(stalled <= test.k, "at most k = \(test.k) I frames", came: "\(stalled)")
            try await a.acknowledgeAll()
            if !frames.contains(where: FramePattern.termination(of: request).matches) {
                frames += try await a.answer(until: .termination(of: request))
            }
            try test.checkComplete(frames.filter { $0.cause == 20 }.flatMap(\.points), of: test.ca)
        },
        ConformanceCase(
            "GI-23", .declared, "Connection lost",
            stimulus: "RST in the middle, reconnect, STARTDT",
            expectation: "Rest of the GI is not sent; no term"
        ) { test in
            let address = test.target.localAddress?()
            let a = try await test.start(from: address)
            try await a.holdAcknowledgements()
            let request = test.interrogation()
            try await a.send(request)
            try await a.expect(.confirmation(of: request))
            await a.abort()
            // Nothing is asked on it, so that all that comes is looked at.
            let b = try await test.connectAgain(from: address)
            try await b.expectNone(FramePattern("rest of the answer") { $0.cause == 20 || $0.cause == 10 })
        },
        ConformanceCase(
            "GI-24", .declared, "STOPDT in the middle",
            stimulus: "STOPDT act during GI",
            expectation: "LNK-10 behaviour; after STARTDT no left-over COT 20 data (common)",
            needs: [.link],
            answers: ["dropped", "continued"]
        ) { test in
            let a = try await test.start()
            try await a.holdAcknowledgements()
            let request = test.interrogation()
            try await a.send(request)
            try await a.expect(.confirmation(of: request))
            _ = try await a.frames(for: .milliseconds(300))
            try await test.expectPending(a, try await test.askToStop(a))
            try await a.acknowledge()
            try await a.expect(.function(.stopDataTransferConfirmation))
            try await a.startTransfer()
            try await a.acknowledgeAll()
            let frames = try await a.frames(for: test.pace.silence).filter { $0.cause == 20 }
            test.observe(frames.isEmpty ? "dropped" : "continued")
        },
        ConformanceCase(
            "GI-25", .declared, "Values never received",
            stimulus: "Points the source has not delivered yet",
            expectation: "Included, IV or NT set",
            needs: [.ownStation]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.start()
                let answer = try await a.interrogate(test.interrogation())
                let points = answer.points(cause: 20)
                try test.check(
                    points.count == test.profile.interrogated(test.ca).count, "every point included",
                    came: "\(points.count)")
                let good = points.filter { point in
                    point.type != .M_ME_ND_1
                        && point.information?.quality.isDisjoint(with: [.invalid, .notTopical]) ?? true
                }
                try test.check(good.isEmpty, "IV or NT set on each", came: "\(good.count) points without")
            }
        },
        ConformanceCase(
            "GI-26", .robustness, "Large station",
            stimulus: "T100 and TESTFR act to a station of 20 000 points",
            expectation: "Complete; TESTFR answered meanwhile",
            timing: "TESTFR < 1 s",
            needs: [.ownStation]
        ) { test in
            let points = (1...20_000).map { ProfilePoint(1, $0, .M_ME_NC_1) }
            try await test.withStation(StationSetting(points: points)) { test, _ in
                let a = try await test.start()
                let request = test.interrogation()
                try await a.send(.request(request), .function(.testFrameActivation))
                var frames = try await a.frames(until: .function(.testFrameConfirmation), within: .seconds(1))
                frames += try await a.frames(until: .termination(of: request), within: .seconds(60))
                let points = Set(frames.filter { $0.cause == 20 }.flatMap(\.points).map(\.address))
                try test.check(points.count == 20_000, "20000 points", came: "\(points.count)")
            }
        },
        ConformanceCase(
            "GI-27", .declared, "Wrong VSQ",
            stimulus: "T100 VSQ 02 or 81",
            expectation: "Not executed as two GIs; negative or discard",
            answers: ["close", "discard", "refuse", "accept"]
        ) { test in
            var answers: Set<String> = []
            for structure: UInt8 in [2, 0x81] {
                var request = test.interrogation().with { $0.structure = structure }
                if structure == 2 { request.element += request.octets.dropFirst(6) }
                answers.insert(try await test.unfitting(request.octets, mayAccept: structure != 2))
            }
            test.observe(answers.sorted().joined(separator: ", "))
        },
        ConformanceCase(
            "GI-28", .robustness, "Missing QOI",
            stimulus: "T100 without QOI octet",
            expectation: "Discard or close; no over-read"
        ) { test in
            _ = try await test.unfitting(test.interrogation().octets.dropLast(), mayAccept: false)
        },
        ConformanceCase(
            "GI-29", .declared, "Stopped points",
            stimulus: "T102 to an IOA that isn't configured, then T100",
            expectation: "Not in GI; T102 gives 47",
            needs: [.function(.read)]
        ) { test in
            let a = try await test.start()
            let request = RawRequest(102, cause: 5, ca: test.ca, ioa: test.unknownIOA)
            try await a.refused(request, cause: 47)
            let reported = try await a.interrogate(test.interrogation()).points(cause: 20)
            try test.check(
                !reported.contains { Int($0.address.informationObjectAddress.rawValue) == test.unknownIOA },
                "a point that isn't served to stay out of the answer")
        },
    ]
}
