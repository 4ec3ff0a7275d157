import ControllingStation
import IEC104Model
import NIOCore

/// Events: time tags, order, cyclic data, quality.
enum EventCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "MON-22", .prescribed, "Time tag coding",
            stimulus: "Event at 2026-03-29 01:59:59.999, UTC",
            expectation:
                "5F EA 3B 01 FD 03 1A, day of week Sunday=7; with day of week unused (0) the fifth octet is 1D",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let time = try await test.timeTag(ofEventAt: 1_774_749_599_999)
            let withDay: [UInt8] = [0x5F, 0xEA, 0x3B, 0x01, 0xFD, 0x03, 0x1A]
            let withoutDay: [UInt8] = [0x5F, 0xEA, 0x3B, 0x01, 0x1D, 0x03, 0x1A]
            try test.check(
                time == withDay || time == withoutDay, "5F EA 3B 01 FD 03 1A, or 1D where no day of week is used",
                came: FrameText.octets(time))
        },
        ConformanceCase(
            "MON-23", .prescribed, "Time tag limits",
            stimulus: "00:00:00.000; 29 February; year 2099 63",
            expectation: "Milliseconds 0..59999, minute 0..59, hour 0..23, day 1..31, month 1..12",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let moments: [(Int64, [UInt8])] = [
                (1_767_225_600_000, [0x00, 0x00, 0x00, 0x00, 0x01, 0x01, 0x1A]),
                (1_835_395_200_000, [0x00, 0x00, 0x00, 0x00, 0x1D, 0x02, 0x1C]),
                (4_102_444_799_999, [0x5F, 0xEA, 0x3B, 0x17, 0x1F, 0x0C, 0x63]),
            ]
            for (moment, expected) in moments {
                var time = try await test.timeTag(ofEventAt: moment)
                // The day of week is judged by MON-22.
                if time.count == 7 { time[4] &= 0x1F }
                try test.check(time == expected, FrameText.octets(expected), came: FrameText.octets(time))
            }
        },
        ConformanceCase(
            "MON-24", .declared, "Summer time bit",
            stimulus: "Event in summer: 15 July 2026, 10:00:00 UTC",
            expectation: "SU 80 in the hour octet, or UTC with SU=0: declared",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding,
            answers: ["utc", "local"]
        ) { test in
            // 15 July 2026, 10:00:00 UTC.
            let time = try await test.timeTag(ofEventAt: 1_784_109_600_000)
            let (hour, isSummer) = ((time.dropFirst(3).first ?? 0) & 0x1F, (time.dropFirst(3).first ?? 0) & 0x80 != 0)
            try test.check(hour != 10 || !isSummer, "no SU in UTC", came: FrameText.octets(time))
            test.observe(hour == 10 ? "utc" : "local")
        },
        ConformanceCase(
            "MON-25", .declared, "Clock not synchronized",
            stimulus: "Event before the first clock sync",
            expectation: "IV 80 in the minute octet until synchronized (declared)",
            needs: [.ownStation, .point(.M_SP_TB_1)],
            answers: ["valid", "invalid"]
        ) { test in
            try await test.withStation { test, _ in
                let time = try await test.timeTag(ofEventAt: nil)
                test.observe((time.dropFirst(2).first ?? 0) & 0x80 == 0 ? "valid" : "invalid")
            }
        },
        ConformanceCase(
            "MON-26", .declared, "Source without time",
            stimulus: "Value without source time stamp",
            expectation: "Time of acquisition by the station; GEN/RES1 40 if substituted times are declared",
            needs: [.feed, .point(.M_SP_TB_1), .function(.sameClock)], company: .feeding,
            answers: ["substituted", "plain"]
        ) { test in
            let before = WallClock.milliseconds()
            let time = try await test.timeTag(ofEventAt: nil)
            let after = WallClock.milliseconds()
            var octets = ByteBuffer(bytes: time)
            guard let moment = try? CP56Time2a(decoding: &octets) else {
                throw CaseStop.failed(expected: "a time tag", came: FrameText.octets(time))
            }
            let milliseconds = moment.millisecondsSince1970() ?? 0
            try test.check(
                milliseconds >= before - 1000 && milliseconds <= after + 1000, "the time of acquisition",
                came: moment.description)
            test.observe(moment.isSubstituted ? "substituted" : "plain")
        },
        ConformanceCase(
            "MON-27", .prescribed, "Event order",
            stimulus: "500 changes of one point at once",
            expectation: "All sent, in time order, none merged",
            needs: [.feed, .point(.M_ME_NB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_ME_NB_1)
            let a = try await test.start()
            try await test.feed((0..<500).map { FeedUpdate(point, .integer($0)) })
            let values = try await a.values(of: point, 500, within: .seconds(10))
            try test.check(values == (0..<500).map { .scaled($0) }, "500 changes in their order", came: "\(values)")
        },
        ConformanceCase(
            "MON-28", .prescribed, "Order between points",
            stimulus: "80 changes of four points interleaved, time stamps 1 ms apart",
            expectation: "Non-decreasing time tags per type queue; per point strictly in order",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let points = try await test.points(.M_SP_TB_1, 4)
            let a = try await test.start()
            let base = WallClock.milliseconds()
            let updates = (0..<80).map { (number: Int) -> FeedUpdate in
                let isOn = number / 4 % 2 == 0
                return FeedUpdate(points[number % 4], .bool(isOn), timestamp: base + Int64(number))
            }
            try await test.feed(updates)
            var reports: [ReportedPoint] = []
            while reports.count < updates.count {
                let frame = try await a.expect(
                    FramePattern("one of the points") { frame in
                        frame.points.contains { report in points.contains { $0.address == report.address } }
                    }, within: .seconds(10))
                reports += frame.points.filter { report in points.contains { $0.address == report.address } }
            }
            for point in points {
                let values = reports.filter { $0.address == point.address }.compactMap(\.information?.value)
                try test.check(
                    values == (0..<20).map { .singlePoint($0 % 2 == 0) }, "the changes of each point in order",
                    came: "\(values)")
            }
            let tags = reports.compactMap { $0.information?.time?.millisecondsSince1970() }
            try test.check(tags == tags.sorted(), "time tags that never go back", came: "\(tags.map { $0 - base })")
        },
        ConformanceCase(
            "MON-29", .prescribed, "Quality change is an event",
            stimulus: "Only IV changes",
            expectation: "One spontaneous ASDU",
            timing: "prompt",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            try await test.feed(FeedUpdate(point, .bool(true)), FeedUpdate(point, .bool(true), quality: ["IV"]))
            let reports = try await a.reports(of: point, 2)
            try test.check(
                reports.last?.information?.quality == .invalid, "the change of quality as an event", came: "\(reports)")
            try await a.expectNone(.point(point))
        },
        ConformanceCase(
            "MON-30", .declared, "No change, no event",
            stimulus: "Same value and quality written again",
            expectation: "Nothing",
            timing: "nothing",
            needs: [.feed, .point(.M_SP_TB_1)], company: .feeding,
            answers: ["nothing", "event"]
        ) { test in
            let point = try await test.point(.M_SP_TB_1)
            let a = try await test.start()
            let moment = WallClock.milliseconds()
            try await test.feed(FeedUpdate(point, .bool(true), timestamp: moment))
            try await a.expect(.point(point))
            try await test.feed(FeedUpdate(point, .bool(true), timestamp: moment + 1))
            let frames = try await a.frames(for: test.pace.silence).filter(FramePattern.point(point).matches)
            test.observe(frames.isEmpty ? "nothing" : "event")
        },
    ]
}
