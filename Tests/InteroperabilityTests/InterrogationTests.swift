import IEC104Link
import IEC104Model
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Interrogation of the whole station")
struct InterrogationTests {
    private let confirmation = "64 01 07 00 01 00 00 00 00 14"
    private let termination = "64 01 0A 00 01 00 00 00 00 14"

    /// A value of point `address`.
    private func event(_ address: Int, _ value: Int) -> String {
        #"{"casdu":1,"ioa":\#(address),"value":\#(value)}"#
    }

    @Test("GI-01...06 GI-20 the test station: every interrogable point once, no time tags, no counters; a group; CA 2")
    func testStation() throws {
        let bench = try StationBench()
        let master = try bench.started()
        let answer = try decoded(master.ask(Requests.interrogation()))
        #expect(answer.first?.identifier.cause == .activationConfirmation)
        #expect(answer.last?.identifier.cause == .activationTermination)
        let data = answer.dropFirst().dropLast()
        #expect(data.allSatisfy { $0.identifier.cause == .interrogatedByStation })
        #expect(Set(data.map(\.identifier.typeIdentification.rawValue)) == [1, 3, 5, 7, 9, 11, 13, 20, 21])
        let addresses = data.flatMap { $0.objects.map(\.address.rawValue) }
        #expect(
            addresses.sorted() == [
                1001, 1002, 1101, 1201, 1301, 1401, 1501, 1601, 1801, 1901, 65_535, 65_536, 16_777_215,
            ])
        #expect(
            try master.ask(Requests.interrogation(qualifier: "15")) == [
                "64 01 07 00 01 00 00 00 00 15", "01 01 15 00 01 00 E9 03 00 C0", "64 01 0A 00 01 00 00 00 00 15",
            ])
        #expect(try master.ask(Requests.interrogation("02 00")).dropFirst().first == "01 01 14 00 02 00 A1 0F 00 C0")
    }

    @Test("GI-14 50 interrogations back to back, each sent with the termination of the one before, are complete")
    func backToBack() throws {
        let bench = try StationBench(TestStation.row(of: 200, type: 13, step: 2))
        let master = try bench.started()
        for _ in 0..<50 {
            let answer = try master.ask(Requests.interrogation())
            #expect(answer.first == confirmation && answer.last == termination)
            #expect(try decoded(answer).values.count == 200)
        }
    }

    @Test("GI-15 GI-21 RED-17 two masters at once: each has its own complete answer with its own originator")
    func twoMasters() throws {
        let bench = try StationBench(TestStation.row(of: 400, type: 13, step: 2))
        let (one, other) = (try bench.started(), try bench.started("127.0.0.2"))
        var ofOne = BenchMaster.asdus(try one.request("64 01 06 05 01 00 00 00 00 14"))
        #expect(try other.receive() == [])
        var ofOther = BenchMaster.asdus(try other.request("64 01 06 09 01 00 00 00 00 14"))
        ofOne += try one.drain()
        ofOther += try other.drain()
        for (asdus, originator) in [(ofOne, UInt8(5)), (ofOther, 9)] {
            let answer = try decoded(asdus)
            #expect(answer.allSatisfy { $0.identifier.originatorAddress == originator })
            #expect(answer.values.count == 400)
            #expect(answer.last?.identifier.cause == .activationTermination)
        }
    }

    @Test("GI-16 100 changes/s during an interrogation of 5000 points: nothing older follows, the newest comes last")
    func eventsMeanwhile() throws {
        let bench = try StationBench(TestStation.row(of: 5000, type: 13, step: 2))
        let master = try bench.started()
        var asdus = BenchMaster.asdus(try master.request(Requests.interrogation()))
        var (last, newest, written) = ([UInt32: Float](), [UInt32: Float](), Float(0))
        while !asdus.suffix(8).contains(termination), master.closeReason == nil {
            for _ in 0..<10 {
                written += 1
                let address = 1 + 2 * (Int(written) * 7919 % 5000)
                try bench.add(event(address, Int(written)))
                newest[UInt32(address)] = written
            }
            asdus += BenchMaster.asdus(try master.acknowledge())
            bench.advance(by: .milliseconds(100))
        }
        asdus += try master.drain()
        var (answered, events) = (0, 0)
        for asdu in try decoded(asdus) {
            let isEvent = asdu.identifier.cause == .spontaneous
            for object in asdu.objects {
                guard case .shortFloat(let value)? = object.element.processInformation?.value else { continue }
                let before = last[object.address.rawValue] ?? 0
                // The answer may be ahead of events that wait, never behind one that has gone.
                #expect(isEvent || value >= before)
                last[object.address.rawValue] = value
                if isEvent { events += 1 } else { answered += 1 }
            }
        }
        #expect(answered == 5000 && events == Int(written))
        #expect(newest.allSatisfy { last[$0.key] == $0.value })
    }

    @Test("GI-22 LNK-40 without acknowledgement an interrogation stops at k, then goes on without loss or repetition")
    func windowStall() throws {
        let bench = try StationBench(TestStation.row(of: 400, type: 13, step: 2))
        let master = try bench.started()
        var asdus = BenchMaster.asdus(try master.request(Requests.interrogation()))
        #expect(asdus.count == 4)
        bench.advance(by: .seconds(2))
        #expect(try master.receive() == [], "t2 has nothing left to acknowledge")
        let next = try master.send(APDUs.S(master.receivedCount - 3))
        #expect(next.count == 1)
        asdus += BenchMaster.asdus(next) + (try master.drain())
        let addresses = try decoded(asdus).flatMap { $0.objects.map(\.address.rawValue) }.filter { $0 != 0 }
        let expected = stride(from: UInt32(1), to: 800, by: 2)
        #expect(addresses == Array(expected))
        #expect(asdus.last == termination)
    }

    @Test("GI-23 PHY-05 after a lost connection nothing of an interrogation is left over")
    func connectionLost() throws {
        let bench = try StationBench(TestStation.row(of: 400, type: 13, step: 2))
        let master = try bench.started()
        #expect(BenchMaster.asdus(try master.request(Requests.interrogation())).count == 4)
        master.disconnect()
        let next = try bench.started()
        #expect(try next.drain() == [])
        #expect(try decoded(next.ask(Requests.interrogation())).values.count == 400)
    }

    @Test("GI-24 STOPDT act in the middle waits for the acknowledgement; after STARTDT nothing is left over")
    func stop() throws {
        let bench = try StationBench(TestStation.row(of: 400, type: 13, step: 2))
        let master = try bench.started()
        _ = try master.request(Requests.interrogation())
        #expect(try master.send(APDUs.stopAct) == [])
        #expect(try master.acknowledge() == [APDUs.stopCon])
        #expect(try master.send(APDUs.startAct) == [APDUs.startCon])
        #expect(try decoded(master.ask(Requests.interrogation())).values.count == 400)
    }

    @Test("GI-26 100 000 points: complete, and TESTFR act is answered at once all the while")
    func large() throws {
        let bench = try StationBench(TestStation.row(of: 100_000, type: 13), parameters: LinkParameters())
        let master = try bench.started()
        var count = 0
        var asdus = BenchMaster.asdus(try master.request(Requests.interrogation()))
        while master.closeReason == nil {
            count += try decoded(asdus).values.count
            if asdus.last == termination { break }
            #expect(try master.send(APDUs.testAct) == [APDUs.testCon])
            asdus = BenchMaster.asdus(try master.acknowledge())
        }
        #expect(count == 100_000)
    }

    @Test("GI-29 a point that leaves the mapping is not interrogated any more, and a read is answered with 47")
    func disabledPoint() throws {
        let bench = try StationBench(TestStation.row(of: 2, type: 1, first: 1001))
        let master = try bench.started()
        try bench.serve(TestStation.row(of: 1, type: 1, first: 1001))
        #expect(try master.ask(Requests.interrogation()).dropFirst().first == "01 01 14 00 01 00 E9 03 00 C0")
        #expect(try master.ask(Requests.read("EA 03 00")) == ["66 01 6F 00 01 00 EA 03 00"])
        #expect(master.closeReason == nil)
    }
}
