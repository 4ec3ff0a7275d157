import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Commands while the configuration changes, or the station stops")
struct CommandChangeTests {
    private let request = Requests.single("01")
    private let process = Requests.single("01", Requests.process)

    private func elsewhere() throws -> [AddressRange] { [try #require(AddressRange("127.1.0.0/16"))] }

    @Test("a command that waits for the store is called back when the mapping drops it")
    func dropped() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .isBusy
        let master = try bench.started()
        #expect(try master.ask(request) == [])
        try bench.serve(#"{"casdu":1,"ioa":1001,"type":1}"#)
        #expect(try master.drain() == [Requests.answer(request, "47")])
        #expect(!bench.goesToStore(bench.orders.first), "what was refused must not be carried out")
    }

    @Test("a command that waits for the store is called back when its conversion changes")
    func converted() throws {
        let bench = try StationBench(#"{"casdu":1,"ioa":2501,"type":50,"scale":2}"#)
        bench.store = .isBusy
        let master = try bench.started()
        let setPoint = Requests.command("32", "00 00 A0 40 00", "C5 09 00")
        #expect(try master.ask(setPoint) == [])
        try bench.serve(#"{"casdu":1,"ioa":2501,"type":50,"scale":4}"#)
        #expect(try master.drain() == [Requests.answer(setPoint, "47")])
        #expect(!bench.goesToStore(bench.orders.first))
        #expect(bench.orders.first?.conversion.scale == 2, "judged and converted by one mapping")
    }

    @Test("a command that waits for the store is called back by the local switch and by the list of who may command")
    func forbidden() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .isBusy
        let master = try bench.started()
        #expect(try master.ask(request) == [])
        try bench.change { $0.commands.isEnabled = false }
        #expect(try master.drain() == [Requests.answer(request, "47")])
        try bench.change { $0.commands.isEnabled = true }
        #expect(try master.ask(request) == [])
        try bench.change(allow: try elsewhere())
        #expect(try master.drain() == [Requests.answer(request, "47")])
        #expect(bench.orders.count == 2)
        for order in bench.orders { #expect(!bench.goesToStore(order)) }
    }

    @Test("a command that waits for the store stays where the changes don't touch it")
    func untouched() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .isBusy
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.serve(TestStation.commands + #", {"casdu":1,"ioa":2999,"type":45}"#)
        #expect(try master.drain() == [])
        #expect(bench.goesToStore(bench.orders.first))
        #expect(!bench.goesToStore(bench.orders.first), "once")
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) })
    }

    @Test("what is on its way goes on to its end, by the mapping it was taken by", arguments: ["", "2999", "2003"])
    func onItsWay(newPoint: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(process) == [])
        bench.store = .waits
        #expect(try master.ask(request) == [])
        try bench.serve(newPoint.isEmpty ? "" : #"{"casdu":1,"ioa":\#(newPoint),"type":46}"#)
        #expect(try master.drain() == [])
        bench.commandWritten(bench.orders.last, isTaken: true)
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) })
        try bench.add(#"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":10}"#)
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(process, $0) })
        #expect(bench.reports.counts.byCode.isEmpty)
    }

    @Test("a command that is gone and under way is refused to everybody else, then unknown")
    func goneWhileUnderWay() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(process) == [])
        try bench.serve(#"{"casdu":1,"ioa":1001,"type":1}"#)
        #expect(try master.ask(process) == [Requests.answer(process, "6F")])
        try bench.serve(TestStation.commands)
        #expect(try master.ask(process) == [Requests.answer(process, "47")], "the first one is still under way")
        try bench.add(#"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":10}"#)
        #expect(try master.drain().count == 2)
        #expect(try master.ask(process) == [])
    }

    @Test("the local switch and the list of who may command end selections")
    func selections() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let (master, other) = (try bench.started("127.0.0.1"), try bench.started("127.1.0.1"))
        let select = Requests.single("81", Requests.selected)
        let execute = Requests.single("01", Requests.selected)
        #expect(try master.ask(select) == [Requests.answer(select, "07")])
        try bench.change { $0.commands.isEnabled = false }
        try bench.change { $0.commands.isEnabled = true }
        #expect(try master.ask(execute) == [Requests.answer(execute, "47")])
        #expect(try master.ask(select) == [Requests.answer(select, "07")])
        try bench.change(allow: try elsewhere())
        #expect(try other.ask(select) == [Requests.answer(select, "07")], "nothing is left of the first one")
    }

    @Test("a station that stops takes no command any more, and waits for those under way")
    func stopping() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(process) == [])
        #expect(try bench.station.stopAccepting().wait() == ())
        #expect(!bench.station.isDrained)
        #expect(try master.ask(request) == [Requests.answer(request, "47")])
        try bench.add(#"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":10}"#)
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(process, $0) })
        #expect(bench.station.isDrained)
    }

    @Test("what a station that stops can't wait for is answered negatively, once")
    func givenUp() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(process) == [])
        bench.store = .isBusy
        #expect(try master.ask(request) == [])
        bench.station.station.giveUpCommands()
        #expect(try master.drain() == [Requests.answer(request, "47"), Requests.answer(process, "47")])
        #expect(bench.station.isDrained)
        #expect(!bench.goesToStore(bench.orders.last))
        #expect(bench.station.snapshot().counters.commands == 2)
    }

    @Test("LNK-27 a start while a stop waits for acknowledgements is no second start: selections have one owner")
    func restarted() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        let select = Requests.single("81", Requests.selected)
        #expect(try master.request(select).count == 1, "the confirmation, which isn't acknowledged yet")
        #expect(try !master.send(APDUs.stopAct).contains(APDUs.stopCon))
        _ = try master.send(APDUs.startAct)
        master.disconnect()
        #expect(try other.ask(select) == [Requests.answer(select, "07")], "nothing is left of the first one")
    }
}
