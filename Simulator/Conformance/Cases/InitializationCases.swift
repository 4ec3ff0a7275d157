import ControllingStation
import IEC104Link

/// End of initialization.
enum InitializationCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "INI-01", .conditional, "End of initialization after start",
            stimulus: "Restart station, connect, STARTDT",
            expectation:
                "68 0E 00 00 00 00 46 01 04 00 01 00 00 00 00 00 once per CA, COI 0 (local power on), before other data",
            timing: "prompt",
            needs: [.ownStation, .function(.endOfInitialization)]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.connect()
                try await a.startTransfer()
                try await test.expectInitialized(a, [0])
            }
        },
        ConformanceCase(
            "INI-02", .conditional, "After a remote reset",
            stimulus: "T105 QRP 1, reconnect",
            expectation: "COI 2",
            needs: [.ownStation, .function(.endOfInitialization), .function(.resetProcess)]
        ) { test in
            try await test.withStation { test, _ in
                let address = test.target.localAddress?()
                let a = try await test.start(from: address)
                let request = test.reset(1)
                try await a.send(request)
                try await a.expect(.confirmation(of: request))
                try await a.expectClose(within: .seconds(10))
                let b = try await test.connectAgain(from: address)
                try await test.expectInitialized(b, [2])
            }
        },
        ConformanceCase(
            "INI-03", .conditional, "After changed parameters",
            stimulus: "Restart with new configuration",
            expectation: "COI bit 8 set (80, 81, 82)",
            needs: [.ownStation, .function(.endOfInitialization)]
        ) { test in
            try await test.withStation { test, station in
                let address = test.target.localAddress?()
                let a = try await test.start(from: address)
                var setting = StationSetting()
                setting.link = test.link
                setting.link?.t1 += 1
                try await station.change(setting)
                try await a.expectClose(within: .seconds(20))
                let b = try await test.connectAgain(from: address)
                try await test.expectInitialized(b, [0x80, 0x81, 0x82])
            }
        },
        ConformanceCase(
            "INI-04", .declared, "Not after a mere reconnect",
            stimulus: "Disconnect, reconnect",
            expectation:
                "No T70 (it marks initialization of the station, not of the link); some stations send it at every STARTDT: declared",
            needs: [.ownStation, .function(.endOfInitialization)],
            answers: ["not-sent", "sent"]
        ) { test in
            try await test.withStation { test, _ in
                let address = test.target.localAddress?()
                let a = try await test.start(from: address)
                await a.close()
                let b = try await test.connectAgain(from: address)
                try await b.send(.request(test.harmless))
                let frames = try await b.frames(until: test.harmlessAnswer)
                test.observe(frames.contains { $0.type == 70 } ? "sent" : "not-sent")
            }
        },
        ConformanceCase(
            "INI-05", .prescribed, "Not before STARTDT",
            stimulus: "Connect after restart, wait",
            expectation: "No T70 until STARTDT con",
            timing: "t3",
            needs: [.ownStation, .link]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.connect()
                try await a.expectNone(.information, for: test.t3)
            }
        },
        ConformanceCase(
            "INI-06", .declared, "GI during initialization",
            stimulus: "STARTDT act and T100 at once, after the start of the station",
            expectation: "Answered after T70, or con-; never half a GI",
            needs: [.ownStation, .function(.endOfInitialization)],
            answers: ["answered", "refused"]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.connect()
                let request = test.interrogation()
                try await a.send(.function(.startDataTransferActivation), .request(request))
                let frames = try await a.frames(
                    until: FramePattern.termination(of: request).or(.refusal(of: request)), within: .seconds(10))
                let answer = frames.firstIndex { $0.type == 100 } ?? 0
                let initialized = frames.lastIndex { $0.type == 70 } ?? 0
                try test.check(initialized < answer, "end of initialization first", came: FrameText.of(frames))
                test.observe(frames.last?.isNegative == true ? "refused" : "answered")
            }
        },
        ConformanceCase(
            "INI-07", .declared, "Several masters",
            stimulus: "Two groups connect after a restart",
            expectation: "Each gets T70 once",
            needs: [.ownStation, .function(.endOfInitialization)],
            answers: ["each", "first"]
        ) { test in
            try await test.withStation { test, _ in
                let a = try await test.connect()
                try await a.startTransfer()
                try await test.expectInitialized(a, [0])
                let b = try await test.connect()
                try await b.send(.function(.startDataTransferActivation), .request(test.harmless))
                let frames = try await b.frames(until: test.harmlessAnswer)
                let count = frames.count { $0.type == 70 }
                try test.check(
                    count == 0 || count == test.profile.commonAddresses.count, "one for each common address",
                    came: FrameText.of(frames))
                test.observe(count == 0 ? "first" : "each")
            }
        },
    ]
}
