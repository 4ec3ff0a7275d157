import IEC104Link
import IEC104Model
import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Requests to the whole station")
struct RequestTests {
    private let time = "E8 03 1E 0C 2F 06 1A"

    // MARK: Link and application together

    @Test("LNK-63 STARTDT act, T103, T100 and T101 in one segment are all answered, in order")
    func oneSegment() throws {
        let bench = try StationBench()
        let master = try bench.connect()
        var apdus = try master.send(
            APDUs.startAct, APDUs.I(0, 0, Requests.clock(time)), APDUs.I(1, 0, Requests.interrogation()),
            APDUs.I(2, 0, Requests.counters("05")))
        #expect(apdus.removeFirst() == APDUs.startCon)
        let asdus = try (BenchMaster.asdus(apdus) + master.drain()).filter { !$0.hasPrefix("46") }
        let system = asdus.filter { $0.hasPrefix("6") }
        let expected = [
            Requests.answer(Requests.clock(time), "07"), Requests.answer(Requests.interrogation(), "07"),
            Requests.answer(Requests.interrogation(), "0A"), Requests.answer(Requests.counters("05"), "07"),
            Requests.answer(Requests.counters("05"), "0A"),
        ]
        #expect(system == expected)
    }

    @Test("LNK-40 LNK-42 LNK-45 with the window full a test command opens it: its answer and events go on")
    func windowOpenedByRequest() throws {
        let bench = try StationBench()
        let master = try bench.started()
        for number in 0..<14 { try bench.add(#"{"casdu":1,"ioa":1601,"value":\#(number)}"#) }
        #expect(BenchMaster.asdus(try master.receive()).count == 4)
        let asdus = BenchMaster.asdus(try master.request(Requests.test))
        #expect(asdus.first == Requests.answer(Requests.test, "07"))
        #expect(asdus.count == 4)
        #expect(try decoded(master.drain()).values.count == 7)
    }

    @Test("LNK-44 with the window full w test commands are acknowledged by an S frame at the latest")
    func acknowledgement() throws {
        let bench = try StationBench()
        let master = try bench.started()
        for number in 0..<5 { try bench.add(#"{"casdu":1,"ioa":1601,"value":\#(number)}"#) }
        let before = master.receivedCount
        _ = try master.receive()
        #expect(try master.send(APDUs.I(0, before, Requests.test)) == [])
        #expect(try master.send(APDUs.I(1, before, Requests.test)) == [APDUs.S(2)])
    }

    @Test("LNK-19 three changes while stopped follow STARTDT con in order, and N(S) goes on")
    func eventsWhileStopped() throws {
        let bench = try StationBench()
        let master = try bench.started()
        let before = master.receivedCount
        #expect(try master.send(APDUs.stopAct) == [APDUs.stopCon])
        for value in [true, false, true] { try bench.add(#"{"casdu":1,"ioa":1001,"value":\#(value)}"#) }
        #expect(try master.receive() == [])
        let point = "01 01 03 00 01 00 E9 03 00"
        let events = [
            APDUs.I(before, 0, "\(point) 01"), APDUs.I(before + 1, 0, "\(point) 00"),
            APDUs.I(before + 2, 0, "\(point) 01"),
        ]
        #expect(try master.send(APDUs.startAct) == [APDUs.startCon] + events)
    }

    @Test("LNK-54 LNK-57 a repeated or impossible frame is not executed: no answer, connection closed")
    func notExecuted() throws {
        let bench = try StationBench()
        let master = try bench.started()
        let received = master.receivedCount
        let first = try master.send(APDUs.I(0, received, Requests.test))
        #expect(BenchMaster.asdus(first).count == 1)
        #expect(try master.send(APDUs.I(0, received, Requests.test)) == [])
        #expect(master.closeReason == .fault(.sendSequence(expected: .init(1), received: .init(0))))
        let other = try bench.started("127.0.0.2")
        #expect(try other.send(APDUs.I(0, other.receivedCount + 1, Requests.test)) == [])
        #expect(other.closeReason != nil)
    }

    @Test("LNK-21 DUI-25 DUI-32 PHY-03 whatever is asked, every frame has the widths and sizes of 104")
    func widths() throws {
        // `BenchMaster` checks each frame; here they all come by.
        let bench = try StationBench()
        let master = try bench.started()
        for request in [
            Requests.interrogation(), Requests.interrogation("FF FF"), Requests.counters("05"),
            Requests.read("E9 03 00"), Requests.clock(time), Requests.test, Requests.reset("02"),
            Requests.counters("45"), Requests.interrogation("03 00"), Requests.read("0F 27 00"),
        ] {
            #expect(!(try master.ask(request)).isEmpty, "\(request)")
        }
    }

    // MARK: Data unit identifier

    @Test(
        "DUI-20 with the test bit nothing is executed: no freeze, no reset, no clock; the confirmation carries the bit",
        arguments: [Requests.counters("85"), Requests.reset("01"), Requests.reset("02"), Requests.clock("")])
    func testBit(request: String) throws {
        let bench = try StationBench(settings: StationSettings(acceptsClockSynchronization: true))
        try bench.add(#"{"casdu":1,"ioa":1701,"value":5}"#)
        let master = try bench.started()
        let whole = request.hasPrefix("67") ? Requests.clock(time) : request
        #expect(try master.ask(Requests.answer(whole, "86")) == [Requests.answer(whole, "87")])
        bench.advance(by: .seconds(1))
        #expect(master.closeReason == nil)
        #expect(
            try master.ask(Requests.counters("05")).dropFirst().first == "0F 01 25 00 01 00 A5 06 00 05 00 00 00 00")
        try bench.add(#"{"casdu":1,"ioa":1001,"value":true}"#)
        #expect(try decoded(master.drain()).values.count == 1)
        #expect(bench.clockOffset == 0)
    }

    @Test("DUI-02 DUI-03 DUI-04 PAR-07 FT-01 every type that is not served is answered with 44 and mirrored, up to 255")
    func unknownTypes() throws {
        let bench = try StationBench()
        let master = try bench.started()
        let served: Set<UInt8> = [100, 101, 102, 103, 105, 107]
        for type in UInt8.min...UInt8.max where !served.contains(type) {
            // Commands have rules of their own.
            if TypeIdentification(rawValue: type).isCommand { continue }
            let rest = "00 01 00 D1 07 00 01"
            #expect(
                try master.ask("\(hexadecimal(type)) 01 06 \(rest)") == ["\(hexadecimal(type)) 01 6C \(rest)"])
        }
    }

    @Test("LNK-70 the longest APDU, of an unknown type, comes back with the same length")
    func longest() throws {
        let bench = try StationBench()
        let master = try bench.started()
        let payload = Array(repeating: "AB", count: 243).joined(separator: " ")
        let answer = try master.request("C8 01 06 00 01 00 \(payload)")
        #expect(BenchMaster.asdus(answer) == ["C8 01 6C 00 01 00 \(payload)"])
        #expect(octets(answer[0]).count == 255)
    }

    @Test("DUI-37 DUI-38 the points at the boundaries of addresses, and common address 1054")
    func boundaries() throws {
        let bench = try StationBench(TestStation.points + #",{"casdu":1054,"ioa":1,"type":1}"#)
        let master = try bench.started()
        for (address, octets) in [(65_535, "FF FF 00"), (65_536, "00 00 01"), (16_777_215, "FF FF FF")] {
            try bench.add(#"{"casdu":1,"ioa":\#(address),"value":1.5}"#)
            #expect(try master.drain() == ["0D 01 03 00 01 00 \(octets) 00 00 C0 3F 00"])
        }
        #expect(try master.ask(Requests.interrogation("1E 04")).dropFirst().first == "01 01 14 00 1E 04 01 00 00 C0")
    }

    // MARK: Read

    @Test("RD-02 RD-04 RD-08 each point is read in its own type, a counter too; a command's address is unknown")
    func read() throws {
        let bench = try StationBench(
            TestStation.points + "," + TestStation.row(of: 1, type: 36, first: 1603) + ","
                + TestStation.row(of: 1, type: 30, first: 1003))
        let master = try bench.started()
        for (address, type) in [
            ("4D 04 00", "03"), ("B1 04 00", "05"), ("15 05 00", "07"), ("79 05 00", "09"), ("DD 05 00", "0B"),
            ("41 06 00", "0D"), ("A5 06 00", "0F"), ("09 07 00", "14"), ("6D 07 00", "15"), ("43 06 00", "24"),
            ("EB 03 00", "1E"),
        ] {
            let answer = try master.ask(Requests.read(address))
            #expect(answer.map { $0.prefix(26) } == ["\(type) 01 05 00 01 00 \(address)"], "no confirmation")
        }
        #expect(try master.ask(Requests.read("D1 07 00")) == ["66 01 6F 00 01 00 D1 07 00"])
    }
}
