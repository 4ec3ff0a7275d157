import Conformance
import Foundation
import Testing

@Suite("The catalogue")
struct CatalogueTests {
    @Test("351 cases, each once and in order, with the class and purpose of the interoperability sheet")
    func everyCase() throws {
        let sheet = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/interoperability.md")
        let rows = try String(contentsOf: sheet, encoding: .utf8).split(separator: "\n").compactMap { line -> String? in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, cells[0].wholeMatch(of: /[A-Z]+-\d\d/) != nil else { return nil }
            return "\(cells[0]) \(cells[2]) \(cells[1])"
        }
        let cases = Catalogue.cases.map { "\($0.id) \($0.conformanceClass.rawValue) \($0.purpose)" }
        #expect(cases.count == 351)
        #expect(cases == rows)
        #expect(Catalogue.groups.flatMap { $0 }.count == 351)
    }

    @Test("at least 300 cases can be run, and the others say why not")
    func runnable() {
        let cases = Catalogue.cases
        #expect(cases.count { $0.steps != nil } >= 300)
        #expect(cases.allSatisfy { ($0.steps == nil) != $0.obstacle.isEmpty })
        #expect(cases.allSatisfy { !$0.stimulus.isEmpty && !$0.expectation.isEmpty || $0.steps == nil })
    }

    @Test("only what the standard leaves open has answers, and --list names each case on a line of its own")
    func answersAndList() {
        let open = Catalogue.cases.filter { !$0.answers.isEmpty }
        #expect(open.allSatisfy { $0.answers.count > 1 })
        let lines = CaseList.text(Catalogue.cases).split(separator: "\n")
        #expect(lines.map { $0.prefix { $0 != " " } } == Catalogue.cases.map { Substring($0.id) })
    }

    @Test(
        "--only takes ids, stars and question marks, separated by commas",
        arguments: [
            ("LNK-40", 1), ("lnk-40", 1), ("LNK-*", 79), ("LNK-*,GI-16", 80), ("GI-0?", 9), ("*", 351), ("*-01", 15),
            ("PHY-01, PHY-02", 2), ("NO-1", 0),
        ])
    func patterns(text: String, count: Int) throws {
        let pattern = try #require(CasePattern(text))
        #expect(Catalogue.cases.count { pattern.matches($0.id) } == count)
    }

    @Test("--only without a pattern is refused", arguments: ["", ",", " ", "LNK-01, ,"])
    func noPattern(text: String) {
        #expect(CasePattern(text) == nil)
    }
}
