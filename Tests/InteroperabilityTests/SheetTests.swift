import Foundation
import IEC104Link
import IEC104Model
import NIOCore
import TestSupport
import Testing

@testable import ConnectorCore

/// The sheet says what the program does; where one of them changes alone, a test here fails.
@Suite("The interoperability sheet")
struct SheetTests {
    private let sheet: Sheet

    init() throws { sheet = try Sheet() }

    // MARK: Cases

    @Test("all 351 cases are in the table, each once and in order")
    func everyCase() {
        #expect(CaseID.every.count == 351)
        #expect(sheet.cases.map(\.id) == CaseID.every)
    }

    @Test("every case has one of the known states and classes")
    func states() {
        for entry in sheet.cases {
            let known = ["passes", "declared: ", "not supported: ", "later, with commands", "later, with redundancy"]
            #expect(known.contains { entry.status.hasPrefix($0) }, "\(entry.id) \(entry.status)")
            #expect(["M", "C", "D", "R"].contains(entry.conformanceClass), "\(entry.id)")
        }
    }

    @Test("a case that passes is in the name of a test, and what is in the name of a test is a case")
    func testNames() throws {
        let named = try CaseID.inTestNames()
        #expect(sheet.cases.filter { $0.passes && !named.contains($0.id) }.map(\.id) == [])
        #expect(named.subtracting(CaseID.every).sorted() == [])
        #expect(named.count > 240)
    }

    @Test("a case that the standard leaves open has its answer in section 5, unless it is about what isn't there")
    func answers() {
        let answered = sheet.answered
        let open = sheet.cases.filter { $0.conformanceClass == "D" && ($0.passes || $0.status.hasPrefix("declared")) }
        #expect(open.map(\.id).filter { !answered.contains($0) } == [])
        #expect(answered.subtracting(CaseID.every).sorted() == [])
        #expect(open.count > 50)
    }

    // MARK: Types and causes

    @Test("every type 1...127 is listed once under the standard's name, or reserved")
    func types() {
        let listed = sheet.types.map(\.number)
        #expect((listed + sheet.reserved).sorted() == Array(1...127))
        for row in sheet.types where row.number != 127 {
            #expect(TypeIdentification(rawValue: row.number).mnemonic == row.mnemonic, "\(row.number)")
        }
        #expect(sheet.reserved.allSatisfy { !TypeIdentification(rawValue: $0).isDefined })
    }

    @Test("types in monitor direction are ticked if, and only if, a mapping may have them")
    func monitorTypes() {
        for row in sheet.types where row.number <= 44 {
            let isMonitored = PointMapping.isMonitored(TypeIdentification(rawValue: row.number))
            #expect(row.isTicked == isMonitored, "\(row.mnemonic)")
        }
    }

    @Test("types in control direction are answered with 44 unless they are ticked")
    func controlTypes() throws {
        let bench = try StationBench()
        let master = try bench.started()
        let ticked = Set(sheet.types.filter { $0.isTicked && $0.number > 44 && $0.number != 70 }.map(\.number))
        #expect(!ticked.isEmpty)
        for number in UInt8.min...UInt8.max {
            // Object 1 exists nowhere, so that nothing is executed; only the type is judged.
            let answer = try master.ask(
                "\(hexadecimal(number)) 01 06 00 01 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00")
            let isRefused = answer.contains { $0.hasPrefix("\(hexadecimal(number)) 01 6C") }
            #expect(isRefused != ticked.contains(number), "type \(number)")
        }
        #expect(sheet.types.contains { $0.number == 70 && $0.isTicked })
        let fresh = try bench.connect("127.0.0.9")
        #expect(try fresh.send(APDUs.startAct).contains { $0.contains(" 46 01 04 ") })
    }

    @Test("the causes of types in monitor direction follow from what a mapping may say of them")
    func monitorCauses() {
        let causes = sheet.causes
        for row in sheet.types where row.number <= 44 {
            guard row.isTicked else {
                #expect(causes[row.number] == nil, "\(row.mnemonic)")
                continue
            }
            let type = TypeIdentification(rawValue: row.number)
            var expected: Set = ["3", "5"]
            if !type.hasTimeTag {
                if PointOption.periodic.fits(type) { expected.insert("1") }
                if PointOption.background.fits(type) { expected.insert("2") }
                if PointOption.groups.fits(type) { expected.insert("20...36") }
                if PointOption.counterGroup.fits(type) { expected.insert("37...41") }
            }
            #expect(causes[row.number] == expected, "\(row.mnemonic)")
        }
    }

    @Test("the causes of requests are those that are not answered with 45")
    func requestCauses() throws {
        let bench = try StationBench()
        let master = try bench.started()
        for row in sheet.types where row.number > 44 && row.number != 70 && row.isTicked {
            let crossed = try #require(sheet.causes[row.number])
            let type = hexadecimal(row.number)
            // Octets that don't fit the type would be discarded.
            let size = try #require(elementSizes[row.number])
            let element = String(repeating: " 00", count: size)
            for cause in UInt8(0)..<64 {
                let answer = try master.ask("\(type) 01 \(hexadecimal(cause)) 00 01 00 01 00 00\(element)")
                let isRefused = answer.contains { $0.hasPrefix("\(type) 01 6D") }
                let isRequest = [5, 6, 8].contains(cause) && crossed.contains("\(cause)")
                #expect(isRefused != isRequest, "\(row.mnemonic) cause \(cause)")
            }
            #expect(crossed.contains("44...47"))
            #expect(crossed.contains("7") == crossed.contains("6") && crossed.contains("9") == crossed.contains("8"))
        }
    }

    /// Octets of the information elements in control direction.
    private let elementSizes: [UInt8: Int] = [
        45: 1, 46: 1, 47: 1, 48: 3, 49: 3, 50: 5, 51: 4, 58: 8, 59: 8, 60: 8, 61: 10, 62: 10, 63: 12, 64: 11,
        100: 1, 101: 1, 102: 0, 103: 7, 105: 1, 107: 9,
    ]

    // MARK: Parameters

    @Test("defaults and ranges of the parameters are those of the configuration")
    func parameters() throws {
        let (defaults, network) = (LinkParameters(), ConnectorConfiguration(id: "a").network)
        let expected: [(String, String)] = [
            ("network.port", "\(network.port)"), ("network.maxConnections", "\(network.maxConnections)"),
            ("protocol.t1", "\(seconds(defaults.t1)) s"), ("protocol.t2", "\(seconds(defaults.t2)) s"),
            ("protocol.t3", "\(seconds(defaults.t3)) s"), ("protocol.k", "\(defaults.k)"),
            ("protocol.w", "\(defaults.w)"),
        ]
        let rows = sheet.rows(under: "1 ").filter { $0.count == 4 && $0[3].hasPrefix("`") }
        #expect(rows.map { $0[3] } == expected.map { "`\($0.0)`" })
        for (row, (path, standard)) in zip(rows, expected) {
            #expect(row[1] == standard, "\(path)")
            let range = try #require(row[2].firstMatch(of: /^(\d+)\.\.\.(\d+)/))
            let (first, last) = (try #require(Int(range.output.1)), try #require(Int(range.output.2)))
            #expect(faults(path, first - 1).contains(path), "\(path) below")
            #expect(faults(path, last + 1).contains(path), "\(path) above")
            for value in [first, last] {
                // t2 < t1 is a rule of its own: 1 s for t1 and 255 s for t2 have no partner.
                if (path, value) == ("protocol.t1", 1) || (path, value) == ("protocol.t2", 255) { continue }
                #expect(faults(path, value) == [], "\(path) \(value)")
            }
        }
    }

    private func seconds(_ time: TimeAmount) -> Int64 { time.nanoseconds / 1_000_000_000 }

    /// The fields that are wrong when one field has this value and its neighbours don't stand in the way.
    private func faults(_ path: String, _ value: Int) -> [String] {
        let parts = path.components(separatedBy: ".")
        let neighbour = ["t1": #","t2":1"#, "t2": #","t1":255"#, "k": #","w":1"#, "w": #","k":32767"#][parts[1]] ?? ""
        let text = "{\"\(parts[0])\":{\"\(parts[1])\":\(value)\(neighbour)}}"
        return ConnectorConfiguration.read(ByteBuffer(string: text), id: "a", unknownFields: .error).faults
            .filter { $0.severity == .error }.map(\.path)
    }

    @Test("the README points to the sheet")
    func readme() throws {
        #expect(try Repository.text("README.md").contains("](docs/interoperability.md)"))
    }
}
