import Foundation

/// `docs/interoperability.md`, cut into tables.
struct Sheet {
    /// Rows of tables by the heading they stand under; heads and rulers of tables are left out.
    private let sections: [(heading: String, rows: [[String]])]
    /// The lines that belong to no table.
    let prose: String

    init() throws {
        var sections: [(heading: String, rows: [[String]])] = []
        var prose: [String] = []
        for line in try Repository.text("docs/interoperability.md").components(separatedBy: "\n") {
            if line.hasPrefix("#") {
                sections.append((line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces), []))
            } else if line.hasPrefix("|---") {
                // The line before was the head.
                sections[sections.count - 1].rows.removeLast()
            } else if line.hasPrefix("|") {
                let cells = line.dropFirst().dropLast().components(separatedBy: "|")
                sections[sections.count - 1].rows.append(cells.map { $0.trimmingCharacters(in: .whitespaces) })
            } else {
                prose.append(line)
            }
        }
        self.sections = sections
        self.prose = prose.joined(separator: "\n")
    }

    /// The rows under the headings that begin so.
    func rows(under heading: String) -> [[String]] {
        sections.filter { $0.heading.hasPrefix(heading) }.flatMap(\.rows)
    }

    /// A line of the tables of types.
    struct TypeRow {
        let number: UInt8
        let mnemonic: String
        let isTicked: Bool
    }

    /// All types listed in section 2.
    var types: [TypeRow] {
        sections.flatMap(\.rows).compactMap { row in
            guard let first = row.first, first == "☒" || first == "☐", row.count == 3 else { return nil }
            let parts = row[1].dropFirst().components(separatedBy: "> ")
            guard let number = UInt8(parts[0]), parts.count == 2 else { return nil }
            return TypeRow(number: number, mnemonic: parts[1], isTicked: first == "☒")
        }
    }

    /// The numbers that the text calls reserved: `<22...29>`.
    var reserved: [UInt8] {
        prose.matches(of: /<(\d+)\.\.\.(\d+)>/).flatMap { match -> [UInt8] in
            guard let first = UInt8(match.output.1), let last = UInt8(match.output.2) else { return [] }
            return Array(first...last)
        }
    }

    /// The columns of section 3, and for each type those that are crossed.
    static let causeColumns =
        (1...13).map { "\($0)" } + ["20...36", "37...41", "44...47"]

    var causes: [UInt8: Set<String>] {
        var causes: [UInt8: Set<String>] = [:]
        for row in rows(under: "3 ") {
            guard let number = row[0].dropFirst().split(separator: ">").first.flatMap({ UInt8($0) }) else { continue }
            causes[number] = Set(zip(Self.causeColumns, row.dropFirst()).filter { $1 == "X" }.map(\.0))
        }
        return causes
    }

    /// A conformance case of section 6.
    struct Case {
        let id: String
        let conformanceClass: String
        let status: String
        var passes: Bool { status.hasPrefix("passes") }
    }

    var cases: [Case] {
        sections.flatMap(\.rows).compactMap { row in
            guard row.count == 4, CaseID.all(in: row[0]) == [row[0]] else { return nil }
            return Case(id: row[0], conformanceClass: row[2], status: row[3])
        }
    }

    /// The cases that section 5 answers.
    var answered: Set<String> {
        let headings = [
            "Connections and link", "Addressing and malformed", "Process information", "Initialization, interrogation",
            "Clock, reset", "Commands",
        ]
        return Set(headings.flatMap { rows(under: $0) }.flatMap { CaseID.all(in: $0.last ?? "") })
    }
}

/// The ids of the catalogue of conformance cases.
enum CaseID {
    /// How many cases a family has.
    static let families: KeyValuePairs = [
        "PHY": 13, "LNK": 79, "DUI": 38, "MON": 40, "INI": 7, "GI": 29, "CI": 17, "RD": 8, "CS": 11, "TST": 6,
        "RST": 6, "CMD": 56, "PAR": 8, "FT": 13, "RED": 20,
    ]

    /// All of them.
    static var every: [String] {
        families.flatMap { family, count in (1...count).map { text(family, $0) } }
    }

    private static func text(_ family: some StringProtocol, _ number: Int) -> String {
        "\(family)-\(number < 10 ? "0" : "")\(number)"
    }

    /// The ids in a text; `LNK-66...69` stands for four of them.
    static func all(in text: String) -> [String] {
        let names = families.map(\.key)
        return text.matches(of: /\b([A-Z]{2,3})-(\d{2,})(?:\.\.\.(\d{2,}))?/).flatMap { match -> [String] in
            guard names.contains(String(match.output.1)), let first = Int(match.output.2) else { return [] }
            let last = match.output.3.flatMap { Int($0) } ?? first
            return (first...max(first, last)).map { Self.text(match.output.1, $0) }
        }
    }

    /// The ids in the names of all tests of the repository.
    static func inTestNames() throws -> Set<String> {
        var ids: Set<String> = []
        for file in try Repository.swiftFiles(under: "Tests") {
            let source = try String(contentsOf: file, encoding: .utf8)
            for match in source.matches(of: /@Test\(\s*"([^"]*)"/) {
                ids.formUnion(all(in: String(match.output.1)))
            }
        }
        return ids
    }
}
