import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Commands with time tag")
struct TimeTaggedCommandTests {
    @Test(
        "CMD-44 every type with time tag is taken by the point of its kind; all answers mirror the time",
        arguments: [
            ("3A", "01", "D1 07 00"), ("3B", "02", "35 08 00"), ("3C", "01", "99 08 00"),
            ("3D", "00 40 00", "FD 08 00"),
            ("3E", "FF 7F 00", "61 09 00"), ("3F", "00 00 C0 3F 00", "C5 09 00"), ("40", "78 56 34 12", "29 0A 00"),
        ])
    func types(type: String, element: String, address: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command(type, "\(element) \(Requests.time())", address)
        #expect(try master.ask(request) == ["07", "0A"].map { Requests.answer(request, $0) })
        #expect(bench.orders.map(\.timeTag) == [StationBench.moment])
    }

    @Test(
        "CMD-45 CMD-46 CMD-47 a time too far from now is refused, in both directions",
        arguments: [(-32, false), (-28, true), (28, true), (60, false)] as [(Int64, Bool)])
    func age(seconds: Int64, isTaken: Bool) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("3A", "01 \(Requests.time(seconds))", Requests.direct)
        let expected = isTaken ? ["07", "0A"] : ["47"]
        #expect(try master.ask(request) == expected.map { Requests.answer(request, $0) })
        #expect(bench.orders.isEmpty != isTaken)
    }

    @Test(
        "CMD-48 a time that says itself that it is invalid, or doesn't exist, is refused",
        arguments: ["7B 00 9E 0A 8F 01 1A", "7B 00 1E 0A 8F 00 1A", "7B 00 1E 18 8F 01 1A", "7B 00 1E 0A 80 01 1A"])
    func impossible(time: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("3A", "01 \(time)", Requests.direct)
        #expect(try master.ask(request) == [Requests.answer(request, "47")])
        #expect(bench.orders.isEmpty)
    }

    @Test("CMD-44 the time tag is read in the zone of the configuration")
    func zone() throws {
        let bench = try StationBench(TestStation.commands, zone: "Europe/Berlin")
        let master = try bench.started()
        let request = Requests.command("3A", "01 \(Requests.time(3600))", Requests.direct)
        #expect(try master.ask(request).count == 2)
    }

    @Test("CMD-50 selection and execution have a time each")
    func selection() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let select = Requests.command("3A", "81 \(Requests.time())", Requests.selected)
        #expect(try master.ask(select) == [Requests.answer(select, "07")])
        let old = Requests.command("3A", "01 \(Requests.time(-40))", Requests.selected)
        #expect(try master.ask(old) == [Requests.answer(old, "47")])
        let fresh = Requests.command("3A", "01 \(Requests.time(1))", Requests.selected)
        #expect(try master.ask(fresh).count == 2)
        #expect(bench.orders.count == 1)
    }

    @Test("CMD-49 the station's clock counts as valid: its host's clock, which somebody keeps")
    func clock() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("3A", "01 \(Requests.time(100))", Requests.direct)
        #expect(try master.ask(request) == [Requests.answer(request, "47")])
        bench.jumpHostClock(by: .seconds(100))
        #expect(try master.ask(request).count == 2)
    }
}
