import IEC104Model
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Process information, what is sent when")
struct MonitorBehaviourTests {
    /// A value of point 1001 with a time.
    private func single(_ value: Bool, at milliseconds: Int64) -> String {
        #"{"casdu":1,"ioa":1001,"value":\#(value),"timestamp":\#(milliseconds)}"#
    }

    @Test("MON-22 MON-23 time tags: 29 March 2026, midnight, 29 February, the year 2099")
    func timeTags() throws {
        let bench = try StationBench(TestStation.row(of: 1, type: 30, first: 1001))
        let master = try bench.started()
        for (text, octets) in [
            ("2026-03-29T01:59:59.999Z", "5F EA 3B 01 FD 03 1A"), ("2026-01-01T00:00:00.000Z", "00 00 00 00 81 01 1A"),
            ("2028-02-29T23:59:59.999Z", "5F EA 3B 17 5D 02 1C"), ("2099-12-31T12:00:00Z", "00 00 00 0C 9F 0C 63"),
        ] {
            try bench.add(#"{"casdu":1,"ioa":1001,"value":true,"timestamp":"\#(text)"}"#)
            #expect(try master.drain() == ["1E 01 03 00 01 00 E9 03 00 01 \(octets)"])
        }
    }

    @Test("MON-24 time tags are in the configured zone, with SU in summer; in UTC SU is never set")
    func summerTime() throws {
        for (zone, winter, summer) in [
            ("UTC", "00 00 00 0A 8F 01 1A", "00 00 00 0A 6F 07 1A"),
            ("Europe/Berlin", "00 00 00 0B 8F 01 1A", "00 00 00 8C 6F 07 1A"),
        ] {
            let bench = try StationBench(TestStation.row(of: 1, type: 30, first: 1001), zone: zone)
            let master = try bench.started()
            try bench.add(#"{"casdu":1,"ioa":1001,"value":true,"timestamp":"2026-01-15T10:00:00Z"}"#)
            try bench.add(#"{"casdu":1,"ioa":1001,"value":true,"timestamp":"2026-07-15T10:00:00Z"}"#)
            #expect(
                try master.drain() == [
                    "1E 01 03 00 01 00 E9 03 00 01 \(winter)", "1E 01 03 00 01 00 E9 03 00 01 \(summer)",
                ])
        }
    }

    @Test("MON-25 MON-26 CS-03 CS-04 a value without time has the time of reception, GEN set, IV never")
    func substitutedTime() throws {
        let bench = try StationBench(TestStation.row(of: 1, type: 30, first: 1001))
        let master = try bench.started()
        try bench.add(#"{"casdu":1,"ioa":1001,"value":true}"#)
        #expect(try master.drain() == ["1E 01 03 00 01 00 E9 03 00 01 7B 00 5E 0A 8F 01 1A"])
        bench.jumpHostClock(by: .hours(48))
        try bench.add(#"{"casdu":1,"ioa":1001,"value":true}"#)
        #expect(try decoded(master.drain()).times.map(\.isInvalid) == [false])
    }

    @Test("MON-27 500 changes of one point at 1 ms distance are sent in order, none merged")
    func everyChange() throws {
        let bench = try StationBench(TestStation.row(of: 1, type: 36))
        let master = try bench.started()
        try bench.add(
            (0..<500).map { #"{"casdu":1,"ioa":1,"value":\#($0),"timestamp":\#(StationBench.moment + Int64($0))}"# })
        let events = try decoded(master.drain())
        #expect(events.values == (0..<500).map { .shortFloat(Float($0)) })
        #expect(
            events.times.compactMap { $0.millisecondsSince1970() } == (0..<500).map { StationBench.moment + Int64($0) })
    }

    @Test("MON-28 changes of ten points, interleaved: time tags never decrease, every point in its own order")
    func orderBetweenPoints() throws {
        let bench = try StationBench(TestStation.row(of: 10, type: 36))
        let master = try bench.started()
        for batch in 0..<50 {
            try bench.add(
                (0..<10).map { index in
                    let number = batch * 10 + index
                    let time = StationBench.moment + Int64(number)
                    return #"{"casdu":1,"ioa":\#(1 + number * 7 % 10),"value":\#(number),"timestamp":\#(time)}"#
                })
        }
        let events = try decoded(master.drain())
        #expect(events.values == (0..<500).map { .shortFloat(Float($0)) })
        let times = events.times.compactMap { $0.millisecondsSince1970() }
        #expect(times == times.sorted() && times.count == 500)
    }

    @Test("MON-29 MON-30 another quality is an event, the same document again is none; every stream entry is one")
    func changes() throws {
        let bench = try StationBench()
        let master = try bench.started()
        try bench.set(1001, #"{"value":true}"#)
        #expect(try master.drain() == ["01 01 03 00 01 00 E9 03 00 01"])
        try bench.set(1001, #"{"value":true,"quality":["IV"]}"#)
        #expect(try master.drain() == ["01 01 03 00 01 00 E9 03 00 81"])
        try bench.set(1001, #"{"value":true,"quality":["IV"]}"#)
        #expect(try master.drain() == [])
        bench.advance(by: .milliseconds(100))
        try bench.add(single(true, at: 1), single(true, at: 2))
        #expect(try decoded(master.drain()).values.count == 2)
    }

    @Test("MON-31 a change inside the dead band is not sent, one beyond it is, measured from the last one sent")
    func deadband() throws {
        let bench = try StationBench(TestStation.row(of: 1, type: 13, #","deadband":0.5"#))
        let master = try bench.started()
        for value in ["10", "10.4", "10.6", "10.9", "11.1"] { try bench.add(#"{"casdu":1,"ioa":1,"value":\#(value)}"#) }
        #expect(try decoded(master.drain()).values == [.shortFloat(10), .shortFloat(10.6), .shortFloat(11.1)])
    }

    @Test("MON-32 one type per change: no double transmission")
    func oneType() throws {
        let bench = try StationBench(TestStation.row(of: 1, type: 30, first: 1001))
        let master = try bench.started()
        try bench.add(single(true, at: StationBench.moment))
        #expect(try master.drain() == ["1E 01 03 00 01 00 E9 03 00 01 7B 00 1E 0A 8F 01 1A"])
    }

    @Test("MON-33 MON-34 periodic data has cause 1 each 2 s, background scans cause 2 each 10 s, without time tag")
    func cyclic() throws {
        let bench = try StationBench(
            TestStation.row(of: 1, type: 36, #","periodic":2"#) + ","
                + TestStation.row(of: 1, type: 30, first: 2, #","background":10"#))
        let master = try bench.started()
        var came: [String] = []
        for second in 1...20 {
            bench.advance(by: .seconds(1))
            came += try master.drain().map { "\(second) \($0.prefix(8))" }
            try master.send(APDUs.testAct)
        }
        let periodic = stride(from: 2, through: 20, by: 2).map { "\($0) 0D 01 01" }
        #expect(came.filter { $0.hasSuffix("01 01") } == periodic)
        #expect(came.filter { !$0.hasSuffix("01 01") } == ["10 01 01 02", "20 01 01 02"])
    }

    @Test("MON-33 other types than measured values can't be periodic", arguments: [1, 3, 5, 7, 15, 20])
    func notPeriodic(type: Int) {
        let text = "{\"points\":[\(TestStation.row(of: 1, type: type, #","periodic":2"#))]}"
        #expect(PointMapping.read(.init(string: text), unknownFields: .error).mapping == nil)
    }

    @Test("MON-37 MON-38 a lost source sets NT on every point with a value, its return clears it, one event each")
    func sourceLost() throws {
        let bench = try StationBench()
        try bench.set(1001, #"{"value":true}"#)
        try bench.set(1601, #"{"value":1.5}"#)
        let master = try bench.started()
        bench.station.sourceGone(grace: .seconds(2))
        bench.advance(by: .milliseconds(1900))
        #expect(try master.drain() == [], "a short interruption is nobody's business")
        bench.advance(by: .milliseconds(200))
        #expect(
            try master.drain() == ["01 01 03 00 01 00 E9 03 00 41", "0D 01 03 00 01 00 41 06 00 00 00 C0 3F 40"])
        #expect(try master.ask(Requests.read("E9 03 00")) == ["01 01 05 00 01 00 E9 03 00 41"])
        bench.station.sourceReturned()
        #expect(
            try master.drain() == ["01 01 03 00 01 00 E9 03 00 01", "0D 01 03 00 01 00 41 06 00 00 00 C0 3F 00"])
    }

    @Test("MON-39 a moving tap changer is transient, and stands still with its end value")
    func transient() throws {
        let bench = try StationBench()
        let master = try bench.started()
        for (document, octet) in [(#""value":5,"transient":true"#, "85"), (#""value":6"#, "06")] {
            try bench.add(#"{"casdu":1,"ioa":1201,\#(document)}"#)
            #expect(try master.drain() == ["05 01 03 00 01 00 B1 04 00 \(octet) 00"])
        }
    }

    @Test("MON-40 an event waits for one ASDU of cyclic data at most, though 1000 values are due")
    func priority() throws {
        let bench = try StationBench(
            TestStation.row(of: 1000, type: 13, step: 2, #","periodic":1"#) + ","
                + TestStation.row(of: 1, type: 1, first: 5001))
        let master = try bench.started()
        bench.advance(by: .seconds(1))
        #expect(BenchMaster.asdus(try master.receive()).count == 4, "the window is full")
        try bench.add(#"{"casdu":1,"ioa":5001,"value":true}"#)
        let next = try master.drain()
        let place = try #require(next.firstIndex { $0.hasPrefix("01 01 03") })
        #expect(place <= 1, "behind \(place) ASDUs")
        #expect(next.count > 25)
    }
}
