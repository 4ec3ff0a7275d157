import Foundation
import IEC104Link
import IEC104Model
import IEC104Station
import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Clock: synchronization, and independence of the timers from it")
struct ClockTests {
    /// 2026-01-15 13:30:00.123, three hours ahead of the bench's host.
    private let later = "7B 00 1E 0D 8F 01 1A"
    /// 2026-01-15 07:30:00.123.
    private let earlier = "7B 00 1E 07 8F 01 1A"

    private func bench(accepts: Bool = true) throws -> StationBench {
        try StationBench(
            TestStation.row(of: 1, type: 30, first: 1001) + "," + TestStation.row(of: 1, type: 36, first: 1601),
            settings: StationSettings(acceptsClockSynchronization: accepts))
    }

    @Test(
        "CS-01 CS-02 CS-08 the confirmation has the time received; it counts for the station's own time tags if allowed"
    )
    func effect() throws {
        for (accepts, time) in [(true, "63 04 1E 4D 8F 01 1A"), (false, "63 04 1E 4A 8F 01 1A")] {
            let bench = try bench(accepts: accepts)
            let master = try bench.started()
            #expect(try master.ask(Requests.clock(later)) == [Requests.answer(Requests.clock(later), "07")])
            bench.advance(by: .seconds(1))
            try bench.add(#"{"casdu":1,"ioa":1001,"value":true}"#)
            // 1.000 s later; GEN is in the minute's octet.
            let octets = time.replacing("1E 4D", with: "5E 0D").replacing("1E 4A", with: "5E 0A")
            #expect(try master.drain() == ["1E 01 03 00 01 00 E9 03 00 01 \(octets)"])
        }
    }

    @Test("CS-02 a time of the source stays what it is, and a point that is removed has the station's time")
    func otherTimes() throws {
        let bench = try bench()
        let master = try bench.started()
        _ = try master.ask(Requests.clock(later))
        try bench.set(1001, #"{"value":true,"timestamp":"2026-01-15T10:30:00.123Z"}"#)
        try bench.set(1001, nil)
        #expect(
            try master.drain() == [
                "1E 01 03 00 01 00 E9 03 00 01 7B 00 1E 0A 8F 01 1A",
                "1E 01 03 00 01 00 E9 03 00 C1 7B 00 1E 0D 8F 01 1A",
            ])
    }

    @Test("CS-05 a time that doesn't exist or is invalid is refused and changes nothing")
    func badTime() throws {
        let bench = try bench()
        let master = try bench.started()
        for time in ["E8 03 1E 0C 2F 0D 1A", "E8 03 1E 0C 1F 02 1A", "E8 03 3C 0C 2F 06 1A", "E8 03 9E 0C 2F 06 1A"] {
            #expect(try master.ask(Requests.clock(time)) == [Requests.answer(Requests.clock(time), "47")])
        }
        #expect(bench.clockOffset == 0)
    }

    @Test(
        "CS-09 events that wait are sent before the confirmation where the time counts, and after it where it doesn't")
    func orderWithEvents() throws {
        for accepts in [true, false] {
            let bench = try bench(accepts: accepts)
            let master = try bench.started()
            for number in 0..<20 { try bench.add(#"{"casdu":1,"ioa":1601,"value":\#(number)}"#) }
            let asdus = try BenchMaster.asdus(master.receive()) + master.ask(Requests.clock(later))
            #expect(asdus.count == 21)
            #expect(asdus.firstIndex(of: Requests.answer(Requests.clock(later), "07")) == (accepts ? 20 : 4))
        }
    }

    @Test("CS-10 of two masters the last one counts; IV is never set")
    func twoMasters() throws {
        let bench = try bench()
        let (one, other) = (try bench.started(), try bench.started("127.0.0.2"))
        _ = try one.ask(Requests.clock(later))
        _ = try other.ask(Requests.clock("8B 27 1E 0D 8F 01 1A"))
        #expect(bench.clockOffset == 3 * 3_600_000 + 10_000)
        try bench.add(#"{"casdu":1,"ioa":1001,"value":true}"#)
        #expect(try one.drain() == ["1E 01 03 00 01 00 E9 03 00 01 8B 27 5E 0D 8F 01 1A"])
    }

    /// What happens to a started connection and to cyclic data within 10 s, by seconds.
    private func tenSeconds(jumping: (StationBench, BenchMaster) throws -> Void) throws -> [String] {
        let bench = try StationBench(
            TestStation.row(of: 1, type: 13, #","periodic":5"#),
            settings: StationSettings(acceptsClockSynchronization: true))
        let master = try bench.started()
        var log: [String] = []
        for second in 1...10 {
            bench.advance(by: .seconds(1))
            for apdu in try master.receive() {
                log.append("\(second): \(apdu.prefix(17))")
                if apdu == APDUs.testAct { try master.send(APDUs.testCon) }
            }
            // The I frame that a clock synchronization takes is sent in any case, so that numbers and times agree.
            if second == 2 { try jumping(bench, master) }
            _ = try master.acknowledge()
        }
        #expect(master.closeReason == nil)
        return log
    }

    @Test("LNK-38 CS-11 jumps of the host's clock and of the station's by hours change no timer")
    func jumps() throws {
        let same = "7B 08 1E 0A 8F 01 1A"
        func synchronize(_ time: String) -> (StationBench, BenchMaster) throws -> Void {
            { _, master throws in
                let answer = try master.ask(Requests.clock(time))
                #expect(answer.count == 1)
            }
        }
        let undisturbed = try tenSeconds(jumping: synchronize(same))
        #expect(!undisturbed.isEmpty)
        for hours in [1, -1, 24 * 365] as [Int64] {
            let jumped = try tenSeconds { bench, master in
                bench.jumpHostClock(by: .hours(hours))
                try synchronize(same)(bench, master)
            }
            #expect(jumped == undisturbed)
        }
        for time in [later, earlier] { #expect(try tenSeconds(jumping: synchronize(time)) == undisturbed) }
    }

    @Test("LNK-38 link, channel and station have no wall clock of their own to take times from")
    func noWallClock() throws {
        let names = [
            "Foundation", "Date(", "CLOCK_REALTIME", "gettimeofday", "clock_gettime", "time(nil", "SystemClock",
        ]
        for room in ["IEC104Link", "IEC104Channel", "IEC104Station"] {
            let files = try Repository.swiftFiles(under: "Sources/\(room)")
            #expect(files.count > 5)
            for file in files {
                let text = try String(contentsOf: file, encoding: .utf8)
                for name in names {
                    #expect(!text.contains(name), "\(file.lastPathComponent) mentions \(name)")
                }
            }
        }
    }
}
