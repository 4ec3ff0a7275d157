import IEC104Model
import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Direct commands")
struct DirectCommandTests {
    @Test("CMD-01 CMD-02 CMD-03 confirmation, then termination, once each", arguments: ["01", "00"])
    func direct(element: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(
            try master.ask(Requests.single(element)) == [
                Requests.single(element, cause: "07"), Requests.single(element, cause: "0A"),
            ])
        #expect(bench.orders.map(\.value) == [.single(element == "01")])
        bench.advance(by: .seconds(60))
        #expect(try master.drain() == [])
    }

    @Test("CMD-01 CMD-02 return information follows with cause 11 where the store says so")
    func returnInformation() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(Requests.single("01"))
        try bench.add(#"{"casdu":1,"ioa":1001,"type":1,"value":true,"cot":11}"#)
        #expect(try master.drain() == ["01 01 0B 00 01 00 E9 03 00 01"])
    }

    @Test("CMD-04 a command to the present state is carried out: the process decides whether that changes anything")
    func presentState() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(Requests.single("01"))
        #expect(try master.ask(Requests.single("01")).count == 2)
        #expect(bench.orders.count == 2)
    }

    @Test("CMD-01 nothing is confirmed before the store has the command")
    func storeFirst() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .waits
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01")) == [])
        bench.advance(by: .seconds(2))
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(
            try master.drain() == [Requests.single("01", cause: "07"), Requests.single("01", cause: "0A")])
    }

    @Test("CMD-54 without a store a command is refused at once, and never carried out")
    func storeAway() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .isAway
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01")) == [Requests.single("01", cause: "47")])
    }

    @Test("CMD-54 CMD-24 a store that doesn't answer, or refuses, means no: at the latest when the time is over")
    func storeSilent() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01")) == [])
        bench.advance(by: .seconds(9))
        #expect(try master.drain() == [])
        bench.advance(by: .seconds(1))
        #expect(try master.drain() == [Requests.single("01", cause: "47")])
        // An answer that comes late changes nothing any more.
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain() == [])

        #expect(try master.ask(Requests.single("00")) == [])
        bench.commandWritten(bench.orders.last, isTaken: false)
        #expect(try master.drain() == [Requests.single("00", cause: "47")])
    }

    @Test("CMD-55 while the store may still take a command it is not refused, for it would be carried out then")
    func unknown() throws {
        let bench = try StationBench(TestStation.commands, parameters: StationBench.patient)
        bench.store = .waits
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01")) == [])
        bench.connectionLost(writing: bench.orders.first)
        bench.advance(by: .seconds(9))
        #expect(try master.drain() == [])
        bench.advance(by: .seconds(1))
        #expect(try master.drain() == [Requests.single("01", cause: "47")])
        #expect(bench.reports.counts.byCode == [.lateCommand: 1])
    }

    @Test("CMD-27 a second command while one runs is refused; afterwards the point takes commands again")
    func second() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .waits
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        #expect(try master.ask(Requests.single("01")) == [])
        #expect(try master.ask(Requests.single("00")) == [Requests.single("00", cause: "47")])
        #expect(try other.ask(Requests.single("01")) == [Requests.single("01", cause: "47")])
        #expect(try other.ask(Requests.single("81")) == [Requests.single("81", cause: "47")])
        #expect(bench.orders.count == 1)
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.drain().count == 2)
        bench.store = .takes
        #expect(try other.ask(Requests.single("01")).count == 2)
    }

    @Test("CMD-51 CMD-52 confirmation and termination go to the sender, return information to everybody")
    func onlyToSender() throws {
        let bench = try StationBench(TestStation.commands)
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        #expect(try master.ask(Requests.single("01")).count == 2)
        #expect(try other.drain() == [])
        try bench.add(#"{"casdu":1,"ioa":1001,"type":1,"value":true,"cot":11}"#)
        for master in [master, other] { #expect(try master.drain() == ["01 01 0B 00 01 00 E9 03 00 01"]) }
    }

    @Test("CMD-55 a connection that dies before the confirmation leaves at most one execution, and no answer")
    func connectionLost() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .waits
        let master = try bench.started()
        #expect(try master.ask(Requests.single("01")) == [])
        master.disconnect()
        let again = try bench.started()
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try again.drain() == [])
        #expect(bench.orders.count == 1)
        bench.store = .takes
        #expect(try again.ask(Requests.single("00")).count == 2, "the point is free again")
    }

    @Test("CMD-55 answers that a stop has cut off don't come after the next start")
    func stopped() throws {
        let bench = try StationBench(TestStation.commands)
        bench.store = .waits
        let master = try bench.started()
        _ = try master.ask(Requests.single("01"))
        #expect(try master.send(APDUs.stopAct).last == APDUs.stopCon)
        bench.commandWritten(bench.orders.first, isTaken: true)
        #expect(try master.send(APDUs.startAct) == [APDUs.startCon])
        #expect(try master.drain() == [])
    }

    @Test("LNK-47 a command with the window full is carried out once and confirmed as soon as the window opens")
    func windowFull() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        for number in 0..<8 {
            try bench.add(#"{"casdu":1,"ioa":1001,"type":1,"value":\#(number % 2 == 0),"timestamp":\#(1000 + number)}"#)
        }
        #expect(try master.receive().count == 4)
        #expect(try master.send(APDUs.I(0, 2, Requests.single("01"))) == [], "nothing new is acknowledged")
        #expect(bench.orders.count == 1)
        #expect(
            try master.drain().prefix(2) == [Requests.single("01", cause: "07"), Requests.single("01", cause: "0A")])
        #expect(bench.orders.count == 1)
    }

    @Test("GI-17 a command in the middle of an interrogation is answered before its end")
    func duringInterrogation() throws {
        let bench = try StationBench(
            TestStation.commands + "," + TestStation.row(of: 2000, type: 36, first: 10_000, step: 2))
        let master = try bench.started()
        #expect(try master.request(Requests.interrogation()).count == 4)
        let answers = try master.ask(Requests.single("01"))
        let confirmation = try #require(answers.firstIndex(of: Requests.single("01", cause: "07")))
        let end = try #require(answers.firstIndex(of: Requests.answer(Requests.interrogation(), "0A")))
        #expect(confirmation < 3 && end > 20)
    }

    @Test("CMD-56 100 commands in a row: each is confirmed and terminated, in order for each point")
    func burst() throws {
        let bench = try StationBench(TestStation.row(of: 100, type: 45, first: 1))
        let master = try bench.started()
        for number in 1...100 {
            let address = "\(hexadecimal(UInt8(number))) 00 00"
            #expect(
                try master.ask(Requests.single("01", address)) == [
                    Requests.single("01", address, cause: "07"), Requests.single("01", address, cause: "0A"),
                ])
        }
        #expect(bench.orders.map { Int($0.address.informationObjectAddress.rawValue) } == Array(1...100))
    }

    @Test("CMD-28 the qualifier is handed on and mirrored", arguments: [(UInt8(1), "05"), (2, "09"), (3, "0D")])
    func qualifier(qualifier: UInt8, element: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(Requests.single(element)).first == Requests.single(element, cause: "07"))
        #expect(bench.orders.map(\.qualifier) == [qualifier])
    }

    @Test("CMD-29 reserved qualifiers are refused", arguments: ["11", "29", "7D"])
    func reservedQualifier(element: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(Requests.single(element)) == [Requests.single(element, cause: "47")])
        #expect(bench.orders.isEmpty)
    }

    @Test("CMD-30 the reserved bit of SCO means nothing and is mirrored")
    func reservedBit() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        #expect(try master.ask(Requests.single("03")).first == Requests.single("03", cause: "07"))
        #expect(bench.orders.map(\.value) == [.single(true)])
    }

    @Test("CMD-31 double commands", arguments: [("01", false), ("02", true)])
    func double(element: String, isOn: Bool) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let answers = try master.ask(Requests.command("2E", element, "35 08 00"))
        #expect(answers == ["07", "0A"].map { Requests.command("2E", element, "35 08 00", cause: $0) })
        #expect(bench.orders.map(\.value) == [.double(isOn)])
    }

    @Test(
        "CMD-33 CMD-35 regulating steps; an end stop is the process's affair", arguments: [("01", false), ("02", true)])
    func step(element: String, isHigher: Bool) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let answers = try master.ask(Requests.command("2F", element, "99 08 00"))
        #expect(answers == ["07", "0A"].map { Requests.command("2F", element, "99 08 00", cause: $0) })
        #expect(bench.orders.map(\.value) == [.step(isHigher)])
    }

    @Test(
        "CMD-32 CMD-34 states and steps that the standard doesn't permit are refused, selected or executed",
        arguments: ["00", "03", "80", "83"], [("2E", "35 08 00"), ("2F", "99 08 00")])
    func forbiddenState(element: String, command: (type: String, address: String)) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command(command.type, element, command.address)
        #expect(
            try master.ask(request) == [Requests.command(command.type, element, command.address, cause: "47")])
        #expect(bench.orders.isEmpty)
    }
}
