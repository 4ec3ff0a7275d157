import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Commands that the process confirms")
struct ProcessConfirmationTests {
    private let request = Requests.single("01", Requests.process)

    private func answer(_ cause: Int, negative: Bool = false) -> String {
        #"{"casdu":1,"ioa":2003,"type":45,"value":true,"cot":\#(cause)\#(negative ? #","negative":true"# : "")}"#
    }

    @Test("CMD-01 CMD-26 confirmation and termination come when the process says so")
    func confirmed() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        #expect(try master.ask(request) == [])
        bench.advance(by: .seconds(1))
        try bench.add(answer(7))
        #expect(try master.drain() == [Requests.answer(request, "07")])
        bench.advance(by: .seconds(3))
        try bench.add(answer(10))
        #expect(try master.drain() == [Requests.answer(request, "0A")])
        #expect(bench.station.snapshot().counters.commands == 1)
    }

    @Test("CMD-24 a refusal is a negative confirmation and nothing else")
    func refused() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(answer(7, negative: true))
        #expect(try master.drain() == [Requests.answer(request, "47")])
        try bench.add(answer(10))
        #expect(try master.drain() == [])
    }

    @Test("CMD-24 a process that doesn't confirm in time means no")
    func unconfirmed() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        bench.advance(by: .seconds(10))
        #expect(try master.drain() == [Requests.answer(request, "47")])
        try bench.add(answer(7))
        #expect(try master.drain() == [], "too late")
    }

    @Test("CMD-25 what fails after the confirmation, or doesn't end in time, is terminated with P/N = 1")
    func failed() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(answer(7))
        _ = try master.drain()
        try bench.add(answer(10, negative: true))
        #expect(try master.drain() == [Requests.answer(request, "4A")])
        _ = try master.ask(request)
        try bench.add(answer(7))
        _ = try master.drain()
        bench.advance(by: .seconds(10))
        #expect(try master.drain() == [Requests.answer(request, "4A")])
    }

    @Test("CMD-02 a termination without confirmation is both, in this order")
    func terminationOnly() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(answer(10))
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) })
    }

    @Test("CMD-02 exactly one confirmation, however often the process says it")
    func twice() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(answer(7), answer(7), answer(10), answer(10))
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) })
    }

    @Test("a confirmation that nothing waits for changes nothing, nor one with another type")
    func unexpected() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        try bench.add(answer(7))
        _ = try master.ask(request)
        try bench.add(#"{"casdu":1,"ioa":2003,"type":46,"value":1,"cot":7}"#)
        #expect(try master.drain() == [])
        try bench.add(#"{"casdu":1,"ioa":2001,"type":45,"value":true,"cot":7}"#)
        #expect(try master.drain() == [])
    }

    @Test("the confirmation of a time-tagged command may name the type with or without time tag", arguments: [45, 58])
    func typeOfConfirmation(type: Int) throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        let request = Requests.command("3A", "01 \(Requests.time())", Requests.process)
        #expect(try master.ask(request) == [])
        try bench.add(#"{"casdu":1,"ioa":2003,"type":\#(type),"value":true,"cot":7}"#)
        #expect(try master.drain() == [Requests.answer(request, "07")])
    }

    @Test("an answer that overtakes the store's own waits for it", arguments: [false, true])
    func beforeStore(isRefused: Bool) throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(isRefused ? [answer(7, negative: true)] : [answer(7), answer(10)])
        #expect(try master.drain() == [])
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain() == (isRefused ? ["47"] : ["07", "0A"]).map { Requests.answer(request, $0) })
        #expect(bench.reports.counts.byCode.isEmpty)
    }

    @Test("answers that overtook a store which then refuses, or never answers, are reported", arguments: [false, true])
    func beforeRefusal(isAnswered: Bool) throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(answer(7))
        if isAnswered {
            bench.commandWritten(bench.orders.first, isTaken: false)
        } else {
            bench.advance(by: .seconds(10))
        }
        #expect(try master.drain() == [Requests.answer(request, "47")])
        #expect(bench.reports.counts.byCode == [.unexpectedConfirmation: 1])
    }

    @Test(
        "an answer that is older than the command in the store is not for it", arguments: [CommandStore.takes, .waits])
    func stale(store: CommandStore) throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        bench.advance(by: .seconds(10))
        #expect(try master.drain() == [Requests.answer(request, "47")])
        // The answer to that one reaches the connector when the next one is under way.
        bench.store = store
        _ = try master.ask(request)
        try bench.add([answer(10)], age: .seconds(1))
        #expect(try master.drain() == [])
        if store == .waits { bench.commandWritten(bench.orders.last, isTaken: true) }
        #expect(try master.drain() == [])
        #expect(bench.reports.counts.byCode == [.unexpectedConfirmation: 1])
        try bench.add(answer(10))
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) })
    }

    @Test("an answer may say by its id which command it means")
    func identified() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        let master = try bench.started()
        _ = try master.ask(request)
        bench.advance(by: .seconds(10))
        _ = try master.drain()
        _ = try master.ask(request)
        let ids = bench.orders.map(\.id)
        #expect(Set(ids).count == 2)
        func answer(_ id: String) -> String { #"{"casdu":1,"ioa":2003,"type":45,"cot":10,"id":\#(id)}"# }
        try bench.add(answer("\"\(ids[0])\""), answer("\"\""), answer("7"), answer("[1]"))
        #expect(try master.drain() == [])
        #expect(bench.reports.counts.byCode == [.unexpectedConfirmation: 4])
        // Whatever its age: clocks may differ where the answer was not made by XADD with an asterisk.
        try bench.add([answer("\"\(ids[1])\"")], age: .hours(1))
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) })
    }

    @Test(
        "an answer with the command's id proves that the store has it, whatever the store says",
        arguments: [false, true])
    func identifiedBeforeStore(isTaken: Bool) throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        let id = try #require(bench.orders.first?.id)
        try bench.add(#"{"casdu":1,"ioa":2003,"type":45,"cot":7,"id":"\#(id)"}"#)
        #expect(try master.drain() == [Requests.answer(request, "07")])
        bench.commandWritten(bench.orders.first, isTaken: isTaken)
        try bench.add(#"{"casdu":1,"ioa":2003,"type":45,"cot":10,"id":"\#(id)"}"#)
        #expect(try master.drain() == [Requests.answer(request, "0A")])
        #expect(bench.reports.counts.byCode.isEmpty)
    }

    @Test("an answer with id doesn't lend its youth to an older one without")
    func mixed() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add([answer(10)], age: .seconds(1))
        let id = try #require(bench.orders.first?.id)
        try bench.add(#"{"casdu":1,"ioa":2003,"type":45,"cot":7,"id":"\#(id)"}"#)
        #expect(try master.drain() == [Requests.answer(request, "07")])
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain() == [])
        #expect(bench.reports.counts.byCode == [.unexpectedConfirmation: 1])
    }

    @Test("CMD-55 while nobody knows whether the store has it, the process may still say so", arguments: [false, true])
    func unknown(isAnswered: Bool) throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        bench.connectionLost(writing: bench.orders.first)
        #expect(try master.drain() == [])
        #expect(bench.reports.counts.byCode == [.lateCommand: 1])
        bench.advance(by: .seconds(9))
        #expect(try master.drain() == [])
        if isAnswered { try bench.add(answer(10)) } else { bench.advance(by: .seconds(1)) }
        #expect(try master.drain() == (isAnswered ? ["07", "0A"] : ["47"]).map { Requests.answer(request, $0) })
    }

    @Test("a flood of answers before the store's own is bounded: eight wait, the others are reported")
    func flood() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        try bench.add(Array(repeating: answer(7), count: 20))
        #expect(bench.reports.counts.byCode == [.unexpectedConfirmation: 12])
        try bench.add(answer(10))
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain() == ["07", "0A"].map { Requests.answer(request, $0) }, "the newest are there")
        #expect(bench.reports.counts.byCode == [.unexpectedConfirmation: 19])
    }

    @Test("a command that was given up and is in the store after all is reported, for somebody has to look")
    func lateInStore() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(request)
        bench.advance(by: .seconds(10))
        #expect(try master.drain() == [Requests.answer(request, "47")])
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(bench.reports.counts.byCode == [.lateCommand: 1])
    }
}
