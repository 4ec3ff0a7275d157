import Foundation
import IEC104Link
import IEC104Model
import IEC104Station
import NIOCore
import Testing

@testable import ConnectorCore

/// `docs/interoperability.md` says what the program does.
@Suite("The interoperability sheet")
struct InteroperabilitySheetTests {
    private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private let lines: [Substring]

    init() throws {
        let sheet = try String(contentsOf: root.appendingPathComponent("docs/interoperability.md"), encoding: .utf8)
        lines = sheet.split(separator: "\n")
    }

    /// The cells of the table rows that begin with a cell that `isWanted` takes.
    private func rows(_ isWanted: (String) -> Bool) -> [[String]] {
        lines.compactMap { line in
            guard line.hasPrefix("| ") else { return nil }
            let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            return cells.first.map(isWanted) == true ? cells : nil
        }
    }

    /// Type numbers by whether they are ticked.
    private func types() throws -> [TypeIdentification: Bool] {
        var types: [TypeIdentification: Bool] = [:]
        for row in rows({ $0 == "☒" || $0 == "☐" }) where row[1].hasPrefix("<") {
            let number = try #require(UInt8(row[1].dropFirst().prefix { $0 != ">" }))
            let type = TypeIdentification(rawValue: number)
            #expect(row[1] == "<\(number)> \(type.mnemonic ?? "?")")
            #expect(types.updateValue(row[0] == "☒", forKey: type) == nil, "\(number) is there twice")
        }
        return types
    }

    @Test("every type of IEC 60870-5-104 is on it, ticked exactly where it is served")
    func monitorTypes() throws {
        let types = try types()
        for number in UInt8(1)...126 {
            let type = TypeIdentification(rawValue: number)
            let isPartOf104 = type.isDefined && ![2, 4, 6, 8, 10, 12, 14, 16, 17, 18, 19].contains(number)
            #expect((types[type] != nil) == isPartOf104, "\(type)")
            if (1...40).contains(number) { #expect(types[type] ?? false == PointMapping.isMonitored(type), "\(type)") }
        }
        #expect(types[.M_EI_NA_1] == true)
    }

    @Test("a type in control direction is ticked exactly if it isn't answered with cause 44")
    func controlTypes() throws {
        let station = Station(milliseconds: { 0 }, timeTag: { CP56Time2a(millisecondsSince1970: $0) })
        station.define(
            [PointDefinition(address: PointAddress(commonAddress: 1, informationObjectAddress: 1), type: .M_SP_NA_1)],
            settings: StationSettings(), now: .uptimeNanoseconds(0))
        let session = station.makeSession(peer: "192.0.2.1")
        session.dataTransferStarted()
        for (type, isTicked) in try types() where type.rawValue >= 45 && type != .M_EI_NA_1 {
            var initialization = ByteBuffer()
            while session.nextASDU(into: &initialization) {}
            // Cause 63 is wrong for every type, so that a known one is answered with 45 once its length is right.
            var answer = ByteBuffer()
            for length in 0..<20 where answer.readableBytes == 0 {
                let octets = [type.rawValue, 1, 63, 0, 1, 0, 1, 0, 0] + [UInt8](repeating: 0, count: length)
                session.received(asdu: ByteBuffer(bytes: octets), now: .uptimeNanoseconds(0))
                _ = session.nextASDU(into: &answer)
            }
            #expect(answer.getInteger(at: 2, as: UInt8.self) == (isTicked ? 0x6D : 0x6C), "\(type)")
        }
    }

    @Test("parameters have the defaults and ranges of the configuration")
    func parameters() throws {
        let defaults = ConnectorConfiguration(id: "x")
        func cells(_ name: String) throws -> [String] {
            try #require(rows { $0.hasPrefix(name) }.first, "\(name)")
        }
        func accepts(_ field: String, _ value: Int) -> Bool {
            let section = field.split(separator: ".")
            let others = section[0] == "protocol" && section[1] != "t1" && section[1] == "t2" ? #""t1": 255, "# : ""
            let window = section[1] == "w" ? #""k": 32767, "# : section[1] == "k" ? #""w": 1, "# : ""
            let low = section[1] == "t1" ? #""t2": 1, "# : ""
            let text = #"{"\#(section[0])": {\#(others)\#(window)\#(low)"\#(section[1])": \#(value)}}"#
            return ConnectorConfiguration.read(ByteBuffer(string: text), id: "x", unknownFields: .error).configuration
                != nil
        }
        let expected: [(String, String, String, Int)] = [
            ("TCP port", "network.port", "2404...2420", defaults.network.port),
            ("Connections", "network.maxConnections", "1...100", defaults.network.maxConnections),
            ("t3", "protocol.t3", "1...172800 s", Int(defaults.link.t3.nanoseconds / 1_000_000_000)),
            ("k,", "protocol.k", "1...32767", defaults.link.k),
            ("w,", "protocol.w", "1...32767, at most k", defaults.link.w),
            ("t1", "protocol.t1", "1...255 s", Int(defaults.link.t1.nanoseconds / 1_000_000_000)),
            ("t2", "protocol.t2", "1...255 s", Int(defaults.link.t2.nanoseconds / 1_000_000_000)),
        ]
        for (name, field, range, standard) in expected {
            let row = try cells(name)
            #expect(row[1].prefix { $0.isNumber } == "\(standard)", "\(name)")
            #expect(row[2] == range, "\(name)")
            #expect(row[3] == "`\(field)`", "\(name)")
            let limits = range.split(separator: " ")[0].split(separator: ",")[0].components(separatedBy: "...")
            let (low, high) = (try #require(Int(limits[0])), try #require(Int(limits[1])))
            // t1 must stay above t2, t2 below t1: their outermost values have no room for the other.
            #expect(accepts(field, field == "protocol.t1" ? low + 1 : low), "\(name)")
            #expect(accepts(field, field == "protocol.t2" ? high - 1 : high), "\(name)")
            #expect(!accepts(field, low - 1) && !accepts(field, high + 1), "\(name)")
        }
    }

    // MARK: Cases

    /// How many cases each family of the catalogue has.
    private static let families = [
        "PHY": 13, "LNK": 79, "DUI": 38, "MON": 40, "INI": 7, "GI": 29, "CI": 17, "RD": 8, "CS": 11, "TST": 6, "RST": 6,
        "CMD": 56, "PAR": 8, "FT": 13, "RED": 20,
    ]

    private static var identifier: Regex<Substring> { /\b[A-Z]{2,3}-\d{2}\b/ }

    /// The ids in the names of all tests of the repository.
    private func tested() throws -> Set<String> {
        let tests = root.appendingPathComponent("Tests")
        var found: Set<String> = []
        let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)?.allObjects ?? []
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for name in source.matches(of: /@Test\(\s*"([^"]*)"/) {
                for id in name.output.1.matches(of: Self.identifier) { found.insert(String(id.output)) }
            }
        }
        return found
    }

    @Test("every case of the catalogue is on it once, and passes where a test's name says so")
    func cases() throws {
        let cases = rows { $0.wholeMatch(of: Self.identifier) != nil }
        let ids = Self.families.flatMap { family, count in
            (1...count).map { "\(family)-\($0 < 10 ? "0" : "")\($0)" }
        }
        #expect(cases.map { $0[0] }.sorted() == ids.sorted())
        let tested = try tested()
        let unproved = cases.filter { $0[2] == "passes" && !tested.contains($0[0]) }.map { $0[0] }
        #expect(unproved.isEmpty, "no test's name has them")
        let unheardOf = tested.subtracting(ids)
        #expect(unheardOf.isEmpty, "not in the catalogue")
        for row in cases where row[2] != "passes" {
            #expect(row[2].hasPrefix("later, with ") || row[2].hasPrefix("not supported: "), "\(row[0]): \(row[2])")
        }
    }

    @Test("the choices name cases that are on it")
    func choices() {
        let known = Set(rows { $0.wholeMatch(of: Self.identifier) != nil }.map { $0[0] })
        let named = lines.prefix { !$0.hasPrefix("## 5") }.flatMap {
            $0.matches(of: Self.identifier).map { String($0.output) }
        }
        #expect(Set(named).subtracting(known).isEmpty)
        #expect(named.count > 60)
    }
}
