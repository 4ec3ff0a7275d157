import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Commands that are not carried out")
struct CommandRefusalTests {
    @Test(
        "DUI-05 DUI-08 DUI-11 DUI-12 DUI-13 DUI-18 wrong cause 45, common address 46, object address 47",
        arguments: [
            (Requests.single("01", cause: "03"), "6D"), (Requests.single("01", cause: "00"), "6D"),
            (Requests.single("01", cause: "3F"), "6D"),
            (Requests.command("2D", "01", Requests.direct, commonAddress: "09 00"), "6E"),
            (Requests.command("2D", "01", Requests.direct, commonAddress: "FF FF"), "6E"),
            (Requests.command("32", "00 00 C0 3F 00", "C5 09 00", commonAddress: "FF FF"), "6E"),
            (Requests.single("01", "0F 27 00"), "6F"), (Requests.single("01", "35 08 00"), "6F"),
            (Requests.command("2E", "01", Requests.direct), "6F"),
            (Requests.command("2D", "01", Requests.direct, commonAddress: "02 00"), "6F"),
            (Requests.single("01", "E9 03 00"), "6F"),
        ])
    func unknown(request: String, cause: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(request) == [Requests.answer(request, cause)])
        #expect(bench.orders.isEmpty)
        #expect(bench.station.snapshot().counters.commandsRefused == 1)
    }

    @Test("DUI-19 a command with the test bit is confirmed with it and not carried out")
    func testBit() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01", cause: "86")) == [Requests.single("01", cause: "87")])
        #expect(bench.orders.isEmpty)
    }

    @Test("DUI-21 P/N in control direction means nothing")
    func negative() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01", cause: "46")).first == Requests.single("01", cause: "07"))
    }

    @Test("DUI-22 DUI-24 the originator is handed on and mirrored", arguments: ["00", "25", "FF"])
    func originator(originator: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.single("01", originator: originator)
        #expect(try master.ask(request) == ["07", "0A"].map { Requests.answer(request, $0) })
        #expect(bench.orders.map { hexadecimal($0.originatorAddress) } == [originator])
    }

    @Test(
        "DUI-26 DUI-27 DUI-28 octets that don't fit are discarded",
        arguments: [
            "2D 01 06 00 01 00 D1 07 00", "2D 01 06 00 01 00 D1 07 00 01 00 00", "2D 05 06 00 01 00 D1 07 00 01",
        ])
    func malformed(request: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(request) == [])
        #expect(bench.orders.isEmpty)
    }

    @Test("DUI-30 DUI-31 several objects are refused as a whole, a sequence is discarded")
    func several() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let two = "2D 02 06 00 01 00 D1 07 00 01 D2 07 00 01"
        #expect(try master.ask(two) == [Requests.answer(two, "47")])
        #expect(try master.ask("2D 81 06 00 01 00 D1 07 00 01") == [])
        #expect(bench.orders.isEmpty)
    }

    @Test("CMD-53 the switch refuses every command while monitoring goes on")
    func disabled() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let select = Requests.single("81", Requests.selected)
        _ = try master.ask(select)
        try bench.change { $0.commands.isEnabled = false }
        #expect(try master.ask(Requests.single("01")) == [Requests.single("01", cause: "47")])
        #expect(try master.ask(select) == [Requests.answer(select, "47")])
        try bench.add(#"{"casdu":1,"ioa":1001,"type":1,"value":true}"#)
        #expect(try master.drain() == ["01 01 03 00 01 00 E9 03 00 01"])
        try bench.change { $0.commands.isEnabled = true }
        #expect(try master.ask(Requests.single("01")).count == 2)
    }

    @Test("only clients that are allowed may command; the list is live")
    func allow() throws {
        let bench = try StationBench(TestStation.commands)
        let (master, other) = (try bench.started("127.0.0.1"), try bench.started("127.1.0.1"))
        try bench.change(allow: [try #require(AddressRange("127.1.0.0/16"))])
        #expect(try master.ask(Requests.single("01")) == [Requests.single("01", cause: "47")])
        #expect(try other.ask(Requests.single("01")).count == 2)
        try bench.change()
        #expect(try master.ask(Requests.single("01")).count == 2)
    }

    @Test("DUI-19 a command with the test bit is refused where it would be without")
    func testBitRefused() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let forbidden = Requests.command("2E", "03", "35 08 00", cause: "86")
        #expect(try master.ask(forbidden) == [Requests.answer(forbidden, "C7")])
        let request = Requests.single("01", cause: "86")
        let cancellation = Requests.single("81", Requests.selected, cause: "88")
        try bench.change { $0.commands.isEnabled = false }
        #expect(try master.ask(request) == [Requests.answer(request, "C7")])
        #expect(try master.ask(cancellation) == [Requests.answer(cancellation, "C9")])
        try bench.change(allow: [try #require(AddressRange("127.1.0.0/16"))]) { $0.commands.isEnabled = true }
        #expect(try master.ask(request) == [Requests.answer(request, "C7")])
    }

    @Test("refusals count, those that come late as well")
    func counted() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(Requests.single("01"))
        #expect(bench.station.snapshot().counters.refusals == 0)
        bench.commandWritten(bench.orders.first, isTaken: false)
        #expect(try master.drain() == [Requests.single("01", cause: "47")])
        #expect(bench.station.snapshot().counters.refusals == 1)
    }
}
