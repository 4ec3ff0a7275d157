import IEC104Link
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Station initialization")
struct InitializationTests {
    private let both = ["46 01 04 00 01 00 00 00 00 00", "46 01 04 00 02 00 00 00 00 00"]

    /// What comes after STARTDT act.
    private func start(_ master: BenchMaster) throws -> [String] {
        let first = try master.send(APDUs.startAct)
        #expect(first.first == APDUs.startCon)
        return try BenchMaster.asdus(first) + master.drain()
    }

    @Test("INI-01 LNK-02 after STARTDT con, end of initialization for each common address comes before all other data")
    func order() throws {
        let bench = try StationBench()
        try bench.set(1001, #"{"value":true}"#)
        let master = try bench.connect()
        #expect(
            try master.send(APDUs.startAct) == [APDUs.startCon, APDUs.I(0, 0, both[0]), APDUs.I(1, 0, both[1])])
    }

    @Test("INI-04 INI-07 each controlling station is told once, and not again after a mere reconnection")
    func once() throws {
        let bench = try StationBench()
        for host in ["127.0.0.1", "127.0.0.2"] {
            let master = try bench.connect(host)
            #expect(try start(master) == both)
            master.disconnect()
            #expect(try start(try bench.connect(host)) == [])
        }
    }

    @Test("INI-01 what a stop or a lost connection has kept from being told is told at the next start")
    func interrupted() throws {
        let bench = try StationBench(parameters: LinkParameters(t1: 3, t2: 1, t3: 4, k: 1, w: 1))
        let master = try bench.connect()
        #expect(BenchMaster.asdus(try master.send(APDUs.startAct)) == [both[0]], "k = 1")
        try master.send(APDUs.stopAct)
        #expect(try master.acknowledge() == [APDUs.stopCon])
        #expect(try start(master) == [both[1]])

        let other = try bench.connect("127.0.0.2")
        #expect(BenchMaster.asdus(try other.send(APDUs.startAct)) == [both[0]])
        other.disconnect()
        #expect(try start(try bench.connect("127.0.0.2")) == both)
    }

    @Test("INI-05 PHY-03 nothing is sent before STARTDT but TESTFR act")
    func silent() throws {
        let bench = try StationBench()
        let master = try bench.connect()
        bench.advance(by: .seconds(3))
        #expect(try master.receive() == [])
        bench.advance(by: .seconds(1))
        #expect(try master.receive() == [APDUs.testAct])
        #expect(try master.send(APDUs.testCon) == [])
    }

    @Test("INI-06 an interrogation sent together with STARTDT act is answered after end of initialization")
    func interrogationAtOnce() throws {
        let bench = try StationBench(TestStation.row(of: 1, type: 1, first: 1001))
        let master = try bench.connect()
        let first = try master.send(APDUs.startAct, APDUs.I(0, 0, Requests.interrogation()))
        #expect(
            try BenchMaster.asdus(first) + master.drain() == [
                both[0], "64 01 07 00 01 00 00 00 00 14", "01 01 14 00 01 00 E9 03 00 C0",
                "64 01 0A 00 01 00 00 00 00 14",
            ])
    }

    @Test("INI-02 RST-01 RST-06 a general reset ends all connections after its confirmation, and is told as COI 2")
    func remoteReset() throws {
        let bench = try StationBench()
        let (master, other) = (try bench.started(), try bench.started("127.0.0.2"))
        #expect(try master.ask(Requests.reset("01")) == ["69 01 07 00 01 00 00 00 00 01"])
        bench.advance(by: .seconds(1))
        #expect(master.closeReason == .local("reset process command"))
        #expect(other.closeReason == .local("reset process command"))
        #expect(
            try start(try bench.connect()) == ["46 01 04 00 01 00 00 00 00 02", "46 01 04 00 02 00 00 00 00 02"])
    }

    @Test("INI-03 changed parameters are told with bit 8 of COI")
    func changedParameters() throws {
        let bench = try StationBench()
        _ = try bench.started()
        bench.station.station.initialized(.changedParameters)
        #expect(
            try start(try bench.connect()) == ["46 01 04 00 01 00 00 00 00 80", "46 01 04 00 02 00 00 00 00 80"])
    }

    @Test("RST-02 RST-03 RST-04 QRP 2 drops the waiting events with time tag; other qualifiers are refused")
    func eventReset() throws {
        let bench = try StationBench(
            TestStation.row(of: 1, type: 36) + "," + TestStation.row(of: 1, type: 1, first: 2))
        let master = try bench.started()
        // Four frames fill the window; what follows waits.
        for number in 0..<6 { try bench.add(#"{"casdu":1,"ioa":1,"value":\#(number)}"#) }
        try bench.add(#"{"casdu":1,"ioa":2,"value":true}"#)
        #expect(BenchMaster.asdus(try master.receive()).count == 4)
        #expect(
            try master.ask(Requests.reset("02")) == [
                "69 01 07 00 01 00 00 00 00 02", "01 01 03 00 01 00 02 00 00 01",
            ])
        for qualifier in ["00", "03", "7F"] {
            #expect(try master.ask(Requests.reset(qualifier)) == ["69 01 47 00 01 00 00 00 00 \(qualifier)"])
        }
        #expect(master.closeReason == nil)
    }
}
