import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Select before operate")
struct SelectBeforeOperateTests {
    private func select(_ element: String = "81", cause: String = "06") -> String {
        Requests.single(element, Requests.selected, cause: cause)
    }

    private func execute(_ element: String = "01", cause: String = "06") -> String {
        Requests.single(element, Requests.selected, cause: cause)
    }

    private let refused = Requests.single("01", Requests.selected, cause: "47")
    private let done = [
        Requests.single("01", Requests.selected, cause: "07"), Requests.single("01", Requests.selected, cause: "0A"),
    ]

    @Test("CMD-05 CMD-06 a selection is confirmed and puts nothing out; the execution does")
    func selectAndExecute() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(select()) == [select(cause: "07")])
        #expect(bench.orders.isEmpty)
        #expect(try master.ask(execute()) == done)
        #expect(bench.orders.count == 1)
    }

    @Test("CMD-07 without a selection the execution is refused")
    func notSelected() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(execute()) == [refused])
        #expect(bench.orders.isEmpty)
    }

    @Test("CMD-08 CMD-09 a selection holds for its time and ends without a word")
    func timeout() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(select())
        bench.advance(by: .seconds(8))
        #expect(try master.ask(execute()) == done)
        _ = try master.ask(select())
        bench.advance(by: .seconds(11))
        #expect(try master.drain() == [])
        #expect(try master.ask(execute()) == [refused])
        #expect(bench.orders.count == 1)
    }

    @Test(
        "CMD-10 CMD-11 a cancellation is confirmed, with S/E = 1 or 0, and ends the selection", arguments: ["81", "01"])
    func cancel(element: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        #expect(try master.ask(select(element, cause: "08")) == [select(element, cause: "09")])
        #expect(try master.ask(execute()) == [refused])
    }

    @Test("CMD-12 a cancellation of nothing, or of what another one has selected, is refused")
    func cancelNothing() throws {
        let bench = try StationBench(TestStation.commands)
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        #expect(try master.ask(select(cause: "08")) == [select(cause: "49")])
        _ = try master.ask(select())
        #expect(try other.ask(select(cause: "08")) == [select(cause: "49")])
        #expect(try master.ask(execute()) == done)
    }

    @Test("CMD-12 what is being carried out can't be called back")
    func cancelExecution() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(Requests.single("01"))
        #expect(try master.ask(Requests.single("01", cause: "08")) == [Requests.single("01", cause: "49")])
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain().count == 2)
    }

    @Test("CMD-13 selecting again starts the time anew")
    func selectAgain() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(select())
        bench.advance(by: .seconds(2))
        #expect(try master.ask(select()) == [select(cause: "07")])
        bench.advance(by: .milliseconds(9600))
        #expect(try master.ask(execute()) == done)
    }

    @Test("CMD-14 CMD-15 RED-16 another master can neither select nor execute it; the selection stays")
    func otherMaster() throws {
        let bench = try StationBench(TestStation.commands)
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        _ = try master.ask(select())
        #expect(try other.ask(select()) == [select(cause: "47")])
        #expect(try other.ask(execute()) == [refused])
        #expect(try master.ask(execute()) == done)
    }

    @Test("CMD-15 two connections of one host are two masters")
    func sameHost() throws {
        let bench = try StationBench(TestStation.commands)
        let (master, other) = (try bench.started(), try bench.started())
        _ = try master.ask(select())
        #expect(try other.ask(execute()) == [refused])
        #expect(try master.ask(execute()) == done)
    }

    @Test(
        "CMD-16 CMD-17 CMD-18 CMD-19 an execution that differs is refused, and ends the selection",
        arguments: [
            Requests.single("00", Requests.selected), Requests.single("05", Requests.selected),
            Requests.command("3A", "01 " + Requests.time(), Requests.selected),
            Requests.single("01", Requests.selected, originator: "09"),
        ])
    func different(request: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        #expect(try master.ask(request) == [Requests.answer(request, "47")])
        #expect(try master.ask(execute()) == [refused], "the selection is gone")
        #expect(bench.orders.isEmpty)
    }

    @Test("CMD-20 the selection of a connection that is lost is gone")
    func connectionLost() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        master.disconnect()
        let again = try bench.started()
        #expect(try again.ask(execute()) == [refused])
        #expect(try again.ask(select()) == [select(cause: "07")], "nothing is left of it")
    }

    @Test("CMD-21 STOPDT ends a selection")
    func stopped() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        #expect(try master.send(APDUs.stopAct).last == APDUs.stopCon)
        #expect(try master.send(APDUs.startAct) == [APDUs.startCon])
        #expect(try master.ask(execute()) == [refused])
        let other = try bench.started("127.0.0.2")
        #expect(try other.ask(select()) == [select(cause: "07")], "nothing is left of it")
    }

    @Test("CMD-22 an execution uses the selection up, refused or not")
    func usedUp() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        #expect(try master.ask(execute()) == done)
        #expect(try master.ask(execute()) == [refused])
        bench.store = .isAway
        _ = try master.ask(select())
        #expect(try master.ask(execute()) == [refused])
        bench.store = .takes
        #expect(try master.ask(execute()) == [refused])
    }

    @Test("TST-04 a test command between select and execute leaves the selection")
    func testBetween() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        #expect(try master.ask(Requests.test) == [Requests.answer(Requests.test, "07")])
        #expect(try master.ask(execute()) == done)
    }

    @Test("CMD-23 a point for direct commands may be selected too")
    func selectDirect() throws {
        let bench = try StationBench(TestStation.commands)
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        #expect(try master.ask(Requests.single("81")) == [Requests.single("81", cause: "07")])
        #expect(try other.ask(Requests.single("01")) == [Requests.single("01", cause: "47")])
        #expect(try master.ask(Requests.single("01")).count == 2)
    }

    @Test(
        "CMD-16 a mapping that changes while something is selected keeps the selection of points that stay as they are")
    func mappingChanges() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(select())
        try bench.serve(TestStation.commands + #", {"casdu":1,"ioa":2999,"type":45}"#)
        #expect(try master.ask(execute()) == done)
        _ = try master.ask(select())
        try bench.serve(#"{"casdu":1,"ioa":2002,"type":45}"#)
        #expect(try master.ask(execute()) == done, "now it is a direct command")
    }
}
