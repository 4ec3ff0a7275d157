import IEC104Model
import TestSupport
import Testing

@testable import ConnectorCore

/// A value is written to the store, and these octets come out: as an event, and in the answer to an interrogation.
@Suite("Process information, type by type")
struct MonitoredTypesTests {
    struct Case: CustomStringConvertible, Sendable {
        let id: String
        let type: UInt8
        /// What the document says besides its time, and the octets of the element.
        let values: [(String, String)]
        var description: String { "\(id) type \(type)" }
    }

    static let plain: [Case] = [
        Case(
            id: "MON-01", type: 1,
            values: [
                (#""value":false"#, "00"), (#""value":true"#, "01"), (#""value":true,"quality":["IV"]"#, "81"),
                (#""value":0,"quality":["BL"]"#, "10"), (#""value":0,"quality":["SB"]"#, "20"),
                (#""value":0,"quality":["NT"]"#, "40"), (#""value":1,"quality":255"#, "F1"),
            ]),
        Case(
            id: "MON-02", type: 3,
            values: [
                (#""value":"intermediate""#, "00"), (#""value":"off""#, "01"), (#""value":2"#, "02"),
                (#""value":"indeterminate""#, "03"), (#""value":2,"quality":["IV"]"#, "82"),
            ]),
        Case(
            id: "MON-03", type: 5,
            values: [
                (#""value":0"#, "00 00"), (#""value":63"#, "3F 00"), (#""value":-64"#, "40 00"),
                (#""value":-1"#, "7F 00"), (#""value":1,"transient":true"#, "81 00"), (#""value":64"#, "3F 01"),
            ]),
        Case(
            id: "MON-04", type: 7,
            values: [(#""value":305419896"#, "78 56 34 12 00"), (#""value":"0xFFFFFFFF""#, "FF FF FF FF 00")]),
        Case(
            id: "MON-05", type: 9,
            values: [
                (#""value":0"#, "00 00 00"), (#""value":0.5"#, "00 40 00"), (#""value":0.999969482421875"#, "FF 7F 00"),
                (#""value":-1"#, "00 80 00"), (#""value":1"#, "FF 7F 01"),
            ]),
        Case(
            id: "MON-06", type: 11,
            values: [
                (#""value":32767"#, "FF 7F 00"), (#""value":-32768"#, "00 80 00"), (#""value":-1"#, "FF FF 00"),
                (#""value":32768"#, "FF 7F 01"), (#""value":-40000"#, "00 80 01"),
            ]),
        Case(
            id: "MON-07", type: 13,
            values: [
                (#""value":1.5"#, "00 00 C0 3F 00"), (#""value":-0.0"#, "00 00 00 80 00"),
                (#""value":3.4028235e38"#, "FF FF 7F 7F 00"), (#""value":"NaN""#, "00 00 00 00 80"),
                (#""value":"Infinity""#, "00 00 00 00 80"),
            ]),
        Case(id: "MON-09", type: 20, values: [(#""value":"0x00018001""#, "01 80 01 00 00")]),
        Case(id: "MON-10", type: 21, values: [(#""value":-1"#, "00 80"), (#""value":0.5"#, "00 40")]),
    ]

    /// The types with time tag, and the ones without that carry the same.
    static let timeTagged: [(UInt8, UInt8)] = [(30, 1), (31, 3), (32, 5), (33, 7), (34, 9), (35, 11), (36, 13)]

    private static let time = "7B 00 1E 0A 8F 01 1A"
    private static let dated = #","timestamp":"2026-01-15T10:30:00.123Z""#

    /// Writes each value and compares the event; then asks for all.
    private func check(_ values: [(String, String)], type: UInt8, plain: UInt8, withTime: Bool) throws {
        let bench = try StationBench(TestStation.row(of: values.count, type: Int(type), first: 1001, step: 2))
        let master = try bench.started()
        var expected: [String] = []
        for (index, (document, octets)) in values.enumerated() {
            let address = "\(hexadecimal(UInt8(truncatingIfNeeded: 0xE9 + 2 * index))) 03 00"
            try bench.add(#"{"casdu":1,"ioa":\#(1001 + 2 * index),\#(document)\#(Self.dated)}"#)
            let event = "\(hexadecimal(type)) 01 03 00 01 00 \(address) \(octets)" + (withTime ? " \(Self.time)" : "")
            #expect(try master.drain() == [event])
            // A change is reported by its event, and only there.
            let current = plain == 20 ? "01 80 00 00 00" : octets
            expected.append("\(address) \(current)")
        }
        let answer = try master.ask(Requests.interrogation())
        let count = hexadecimal(UInt8(values.count))
        #expect(
            answer.dropFirst().dropLast()
                == ["\(hexadecimal(plain)) \(count) 14 00 01 00 " + expected.joined(separator: " ")])
    }

    @Test("MON-01...07 MON-09 MON-10 values without time tag, spontaneous and interrogated", arguments: plain)
    func withoutTimeTag(testCase: Case) throws {
        try check(testCase.values, type: testCase.type, plain: testCase.type, withTime: false)
    }

    @Test("MON-11...17 the same values with time tag; interrogated without it", arguments: timeTagged)
    func withTimeTag(type: UInt8, plain: UInt8) throws {
        let values = try #require(Self.plain.first { $0.type == plain }).values
        try check(values, type: type, plain: plain, withTime: true)
    }

    @Test(
        "MON-08 MON-18 counters, spontaneous and by counter interrogation; the numeric quality is their fifth octet",
        arguments: [UInt8(15), 37])
    func counters(type: UInt8) throws {
        let bench = try StationBench(TestStation.row(of: 1, type: Int(type), first: 1701))
        let master = try bench.started()
        let values = [
            (#""value":1"#, "01 00 00 00 00"), (#""value":-1"#, "FF FF FF FF 00"),
            (#""value":1,"quality":31"#, "01 00 00 00 1F"), (#""value":1,"quality":32"#, "01 00 00 00 20"),
            (#""value":1,"quality":64"#, "01 00 00 00 40"), (#""value":1,"quality":128"#, "01 00 00 00 80"),
            (#""value":1,"quality":["IV"]"#, "01 00 00 00 80"), (#""value":2147483648"#, "FF FF FF 7F 20"),
        ]
        for (document, octets) in values {
            try bench.add(#"{"casdu":1,"ioa":1701,\#(document)\#(Self.dated)}"#)
            let time = type == 37 ? " \(Self.time)" : ""
            #expect(try master.drain() == ["\(hexadecimal(type)) 01 03 00 01 00 A5 06 00 \(octets)\(time)"])
            #expect(
                try master.ask(Requests.counters("05")) == [
                    "65 01 07 00 01 00 00 00 00 05", "0F 01 25 00 01 00 A5 06 00 \(octets)",
                    "65 01 0A 00 01 00 00 00 00 05",
                ])
        }
    }

    @Test("MON-19...21 protection events can't be mapped, and a document can't bring one in", arguments: [38, 39, 40])
    func protection(type: Int) throws {
        let (mapping, faults) = PointMapping.read(
            .init(string: "{\"points\":[\(TestStation.row(of: 1, type: type))]}"), unknownFields: .error)
        #expect(mapping == nil)
        #expect(faults.map(\.path) == ["points[0].type"])
        let reader = UpdateReader(mapping: nil, clock: StationClockBox())
        #expect(throws: PointDocumentFault.self) {
            _ = try reader.read(
                .init(
                    key: .init(commonAddress: 1, objectAddress: 1),
                    content: .json(.init(string: #"{"type":\#(type),"value":1}"#))))
        }
    }

    /// Objects in one ASDU of 249 octets: with an address each, and as a sequence.
    static let sizes: [(UInt8, Int, Int)] = [
        (1, 60, 127), (3, 60, 127), (5, 48, 120), (7, 30, 48), (9, 40, 80), (11, 40, 80), (13, 30, 48), (15, 30, 48),
        (20, 30, 48), (21, 48, 120), (30, 22, 127), (31, 22, 127), (32, 20, 120), (33, 16, 48), (34, 18, 80),
        (35, 18, 80), (36, 16, 48), (37, 16, 48),
    ]

    @Test("MON-01...18 DUI-32 DUI-34 as many objects as 249 octets hold, in events and in answers", arguments: sizes)
    func size(type: UInt8, single: Int, sequence: Int) throws {
        let bench = try StationBench(TestStation.row(of: 127, type: Int(type)))
        let master = try bench.started()
        try bench.add((1...127).map { #"{"casdu":1,"ioa":\#($0),"value":0}"# })
        let events = try decoded(master.drain())
        #expect(events.first?.objects.count == single)
        #expect(events.first?.identifier.isSequence == false)
        #expect(events.map(\.objects.count).reduce(0, +) == 127)
        let isCounter = type == 15 || type == 37
        let answer = try decoded(master.ask(isCounter ? Requests.counters("05") : Requests.interrogation()))
        #expect(answer.dropFirst().first?.objects.count == sequence)
        #expect(answer.dropFirst().first?.identifier.isSequence == true)
    }
}
