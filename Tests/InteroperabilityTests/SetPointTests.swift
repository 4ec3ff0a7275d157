import IEC104Model
import IEC104Station
import TestSupport
import Testing

@testable import ConnectorCore

@Suite("Set-points and bitstrings")
struct SetPointTests {
    @Test(
        "CMD-36 CMD-37 CMD-38 the value arrives bit for bit",
        arguments: [
            ("30", "00 40 00", "FD 08 00", CommandValue.normalized(NormalizedValue(rawValue: 0x4000))),
            ("30", "00 80 00", "FD 08 00", .normalized(NormalizedValue(rawValue: -0x8000))),
            ("31", "FF 7F 00", "61 09 00", .scaled(32767)), ("31", "00 80 00", "61 09 00", .scaled(-32768)),
            ("32", "00 00 C0 3F 00", "C5 09 00", .shortFloat(1.5)),
            ("32", "01 00 00 00 00", "C5 09 00", .shortFloat(.leastNonzeroMagnitude)),
            ("32", "CD CC CC 3D 00", "C5 09 00", .shortFloat(0.1)),
        ])
    func value(type: String, element: String, address: String, value: CommandValue) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let answers = try master.ask(Requests.command(type, element, address))
        #expect(answers == ["07", "0A"].map { Requests.command(type, element, address, cause: $0) })
        #expect(bench.orders.map(\.value) == [value])
    }

    @Test(
        "CMD-39 what is no number, or infinite, is refused",
        arguments: ["00 00 C0 7F 00", "00 00 80 7F 00", "00 00 80 FF 00", "01 00 80 7F 80"])
    func notFinite(element: String) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("32", element, "C5 09 00")
        #expect(try master.ask(request) == [Requests.answer(request, "47")])
        #expect(bench.orders.isEmpty)
    }

    @Test(
        "CMD-40 values out of the mapping's range are refused, its ends are taken",
        arguments: [
            ("00 00 28 C1", true), ("CD CC CC 3D", true), ("00 00 00 00", true), ("01 00 28 C1", false),
            ("CE CC CC 3D", false), ("00 00 80 3F", false),
        ])
    func range(element: String, isTaken: Bool) throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("32", "\(element) 00", "C6 09 00")
        #expect(try master.ask(request).first == Requests.answer(request, isTaken ? "07" : "47"))
        #expect(bench.orders.isEmpty != isTaken)
    }

    @Test("CMD-40 the range is in the process's unit, the wire in the control room's")
    func scaledRange() throws {
        let bench = try StationBench(
            #"{"casdu":1,"ioa":2501,"type":50,"scale":0.001,"offset":0,"min":0,"max":5000}"#)
        let master = try bench.started()
        #expect(try master.ask(Requests.command("32", "00 00 A0 40 00", "C5 09 00")).count == 2, "5.0")
        #expect(try master.ask(Requests.command("32", "00 00 C0 40 00", "C5 09 00")).count == 1, "6.0")
    }

    @Test(
        "CMD-40 a limit is met by what rounding makes of it, and never exceeded by whole numbers",
        arguments: [
            // 0.1 of normalized values is 3277/32768.
            (#""type":48,"max":0.1"#, "30", "CD 0C", true), (#""type":48,"max":0.1"#, "30", "CE 0C", false),
            (#""type":48,"min":-0.1"#, "30", "33 F3", true), (#""type":48,"min":-0.1"#, "30", "32 F3", false),
            // 50 of 100 kW on 0...32767 is 16383.5; 150 on a scale of 0.01 is 1.5, and 2 would be 200.
            (#""type":49,"scale":327.67,"max":50"#, "31", "FF 3F", true),
            (#""type":49,"scale":327.67,"max":50"#, "31", "00 40", false),
            (#""type":49,"scale":0.01,"max":150"#, "31", "01 00", true),
            (#""type":49,"scale":0.01,"max":150"#, "31", "02 00", false),
            // So it is with steps of normalized values and short floats that are large for the process: 1.2207, 62.5.
            (#""type":48,"scale":0.0001,"max":1.1"#, "30", "03 00", true),
            (#""type":48,"scale":0.0001,"max":1.1"#, "30", "04 00", false),
            (#""type":49,"scale":0.1,"offset":-0.3,"min":3"#, "31", "00 00", true),
            // 0.1 * 3 is more than 0.3, as computers see it.
            (#""type":49,"scale":0.1,"max":30"#, "31", "03 00", true),
            (#""type":49,"scale":0.1,"min":30"#, "31", "03 00", true),
            // Whole numbers without a scale: 11 is more than 10.6.
            (#""type":49,"max":10.6"#, "31", "0A 00", true), (#""type":49,"max":10.6"#, "31", "0B 00", false),
            // A negative scale lets the limits change places, and the one that isn't given stays away.
            (#""type":49,"scale":-1,"min":5"#, "31", "FB FF", true),
            (#""type":49,"scale":-1,"min":5"#, "31", "FC FF", false),
            (#""type":49,"scale":-1,"min":5"#, "31", "00 80", true),
            (#""type":49,"scale":-1,"max":5"#, "31", "FF 7F", true),
            (#""type":49,"scale":-1,"max":5"#, "31", "FA FF", false),
        ])
    func nearestLimit(point: String, type: String, value: String, isTaken: Bool) throws {
        let bench = try StationBench(#"{"casdu":1,"ioa":2501,\#(point)}"#)
        let master = try bench.started()
        let request = Requests.command(type, "\(value) 00", "C5 09 00")
        #expect(try master.ask(request).first == Requests.answer(request, isTaken ? "07" : "47"))
    }

    @Test("CMD-40 a scaled short float holds to its limit, but for what the float itself can't say")
    func scaledFloatLimit() throws {
        let coarse = try StationBench(
            #"{"casdu":1,"ioa":2501,"type":50,"scale":0.001,"offset":1000000,"max":50}"#)
        var master = try coarse.started()
        #expect(try master.ask(Requests.command("32", "01 24 74 49 00", "C5 09 00")).count == 1, "62.5")
        #expect(try master.ask(Requests.command("32", "00 24 74 49 00", "C5 09 00")).count == 2, "0")
        let fine = try StationBench(#"{"casdu":1,"ioa":2501,"type":50,"scale":0.001,"max":100}"#)
        master = try fine.started()
        #expect(try master.ask(Requests.command("32", "CD CC CC 3D 00", "C5 09 00")).count == 2, "0.1")
        #expect(try master.ask(Requests.command("32", "D5 CC CC 3D 00", "C5 09 00")).count == 1)
    }

    @Test("CMD-39 a value that is infinite in the unit of the process is refused")
    func infiniteForProcess() throws {
        let bench = try StationBench(#"{"casdu":1,"ioa":2501,"type":50,"scale":1e-300}"#)
        let master = try bench.started()
        let large = Requests.command("32", "CA F2 49 71 00", "C5 09 00")
        #expect(try master.ask(large) == [Requests.answer(large, "47")], "1e30 / 1e-300")
        #expect(try master.ask(Requests.command("32", "00 00 80 3F 00", "C5 09 00")).count == 2)
    }

    @Test("CMD-41 minus zero and zero are two set-points")
    func minusZero() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        _ = try master.ask(Requests.command("32", "00 00 00 80 80", "C5 09 00"))
        let other = Requests.command("32", "00 00 00 00 00", "C5 09 00")
        #expect(try master.ask(other) == [Requests.answer(other, "47")])
    }

    @Test("CMD-41 a set-point is selected and executed with the same value only")
    func select() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let (select, execute) = (
            Requests.command("30", "00 40 80", "FD 08 00"), Requests.command("30", "00 40 00", "FD 08 00")
        )
        #expect(try master.ask(select) == [Requests.answer(select, "07")])
        #expect(try master.ask(execute).count == 2)
        _ = try master.ask(select)
        let other = Requests.command("30", "01 40 00", "FD 08 00")
        #expect(try master.ask(other) == [Requests.answer(other, "47")])
        #expect(bench.orders.count == 1)
    }

    @Test("CMD-42 QL other than 0 is refused")
    func qualifier() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("30", "00 40 01", "FD 08 00")
        #expect(try master.ask(request) == [Requests.answer(request, "47")])
    }

    @Test("CMD-43 a bitstring is confirmed and terminated")
    func bitstring() throws {
        let bench = try StationBench(TestStation.commands)
        let master = try bench.started()
        let request = Requests.command("33", "78 56 34 12", "29 0A 00")
        #expect(try master.ask(request) == ["07", "0A"].map { Requests.answer(request, $0) })
        #expect(bench.orders.map(\.value) == [.bitstring(0x1234_5678)])
    }
}
