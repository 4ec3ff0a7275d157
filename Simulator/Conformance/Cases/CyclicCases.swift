import ControllingStation
import IEC104Model
import NIOCore

/// Dead bands, cyclic data, causes, and what happens to the data source.
enum CyclicCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "MON-31", .conditional, "Dead band",
            stimulus: "Analog change below and above the threshold",
            expectation: "Only the latter",
            needs: [.ownStation]
        ) { test in
            let analog = ProfilePoint(1, 1602, .M_ME_NC_1, deadband: 1)
            try await test.withStation(StationSetting(points: [analog])) { test, _ in
                let a = try await test.start()
                try await test.feed(FeedUpdate(analog, .number(10)), FeedUpdate(analog, .number(10.5)))
                try await test.feed(FeedUpdate(analog, .number(12)))
                let values = try await a.values(of: analog, 2)
                try test.check(values == [.shortFloat(10), .shortFloat(12)], "10 and 12", came: "\(values)")
                try await a.expectNone(.point(analog), for: .milliseconds(500))
            }
        },
        ConformanceCase(
            "MON-32", .conditional, "One type per change",
            stimulus: "Change of a point configured with time tag",
            expectation: "Only T30-40, or T1-21 and T30-40 if double transmission is declared",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1, exactly: true)
            let a = try await test.start()
            try await test.feed(FeedUpdate(point, .bool(true)))
            let report = try await a.reports(of: point, 1)
            try test.check(report.first?.type == .M_SP_TB_1, "the type with time tag", came: "\(report)")
            try await a.expectNone(.point(point))
        },
        ConformanceCase(
            "MON-33", .conditional, "Cyclic transmission",
            stimulus: "Point with period 2 s",
            expectation: "COT 1, types 9, 11, 13, 21 only",
            timing: "±0.4 s",
            needs: [.ownStation]
        ) { test in
            let cyclic = ProfilePoint(1, 1602, .M_ME_NC_1, periodic: 2)
            try await test.withStation(StationSetting(points: [cyclic])) { test, _ in
                let a = try await test.start()
                try await test.feed(FeedUpdate(cyclic, .number(1)))
                let reports = FramePattern.point(cyclic, cause: 1)
                var times = [try await a.expect(reports, within: .seconds(5)).time]
                for _ in 0..<3 {
                    let report = try await a.expect(reports, within: .seconds(5))
                    try test.check(report.type == 13, "a type without time tag", came: FrameText.of(report))
                    times.append(report.time)
                }
                // The middle one of three: a report that this end was late to see makes one too long and one too short.
                let periods = zip(times.dropFirst(), times).map { ($0 - $1).duration }.sorted()
                let period = periods[periods.count / 2]
                try test.check(
                    period > .seconds(1.6) && period < .seconds(2.4), "a report every 2 s",
                    came: "one every \((period / .milliseconds(1)).rounded()) ms")
            }
        },
        ConformanceCase(
            "MON-34", .conditional, "Background scan",
            stimulus: "Point with period 2 s",
            expectation: "COT 2, types 1-13, 20, 21 without time tag",
            timing: "±1 s",
            needs: [.ownStation]
        ) { test in
            let scanned = ProfilePoint(1, 1601, .M_ME_TF_1, background: 2)
            try await test.withStation(StationSetting(points: [scanned])) { test, _ in
                let a = try await test.start()
                try await test.feed(FeedUpdate(scanned, .number(1)))
                let reports = FramePattern.point(scanned, cause: 2)
                let first = try await a.expect(reports, within: .seconds(5))
                let second = try await a.expect(reports, within: .seconds(5))
                let period = (second.time - first.time).duration
                try test.check(
                    period > .seconds(1) && period < .seconds(3), "a scan every 2 s", came: "one every \(period)")
                try test.check(second.type == 13, "a type without time tag", came: FrameText.of(second))
            }
        },
        ConformanceCase(
            "MON-35", .declared, "Return information",
            stimulus: "Event whose source tells cause 11",
            expectation: "COT 11 to the commanding master (or 3 if declared)",
            timing: "see CMD",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding,
            answers: ["return-information", "spontaneous"]
        ) { test in
            test.observe(try await test.cause(ofEventWith: 11) == 11 ? "return-information" : "spontaneous")
        },
        ConformanceCase(
            "MON-36", .declared, "Local command",
            stimulus: "Event whose source tells cause 12",
            expectation: "COT 12 (or 3 if declared)",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding,
            answers: ["local-command", "spontaneous"]
        ) { test in
            test.observe(try await test.cause(ofEventWith: 12) == 12 ? "local-command" : "spontaneous")
        },
        ConformanceCase(
            "MON-37", .declared, "Source lost",
            stimulus: "Data source fails",
            expectation: "Points keep their value with NT or IV set (declared), sent as events and in GI",
            timing: "prompt",
            needs: [.ownStation, .point(.M_SP_TB_1)],
            answers: ["not-topical", "invalid"]
        ) { test in
            try await test.withStation { test, station in
                let quality = try await test.qualityWithoutSource(station).quality
                test.observe(quality.contains(.invalid) ? "invalid" : "not-topical")
            }
        },
        ConformanceCase(
            "MON-38", .declared, "Source back",
            stimulus: "Data source returns",
            expectation: "Quality cleared, one event per point",
            timing: "prompt",
            needs: [.ownStation, .point(.M_SP_TB_1)]
        ) { test in
            try await test.withStation { test, station in
                let (a, point, _) = try await test.qualityWithoutSource(station)
                try await station.setSource(isThere: true)
                let reports = try await a.reports(of: point, 1, within: .seconds(40))
                try test.check(
                    reports.first?.information?.quality == .good, "the point without NT and IV", came: "\(reports)")
            }
        },
        ConformanceCase(
            "MON-39", .conditional, "Transient step position",
            stimulus: "Tap changer moving",
            expectation: "T bit set, later cleared with the end value",
            needs: [.feed, .point(.M_ST_NA_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_ST_NA_1)
            let a = try await test.start()
            try await test.feed(FeedUpdate(point, .integer(5), isTransient: true), FeedUpdate(point, .integer(6)))
            let values = try await a.values(of: point, 2)
            try test.check(
                values == [.stepPosition(5, transient: true), .stepPosition(6, transient: false)],
                "T set, then cleared with the end value", came: "\(values)")
        },
        ConformanceCase(
            "MON-40", .declared, "Priority",
            stimulus: "Event while 1000 cyclic values wait",
            expectation: "Event overtakes cyclic and background data",
            timing: "prompt",
            obstacle: "what waits inside the station can't be told from here"),
    ]
}
