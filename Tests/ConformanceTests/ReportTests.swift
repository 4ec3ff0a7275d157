import Conformance
import Foundation
import NIOCore
import TestBench
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Reports")
struct ReportTests {
    /// A run with each verdict, and traffic.
    private func report() async throws -> RunReport {
        let station = try await FaultyStation.start(.leavesOutAPoint)
        let target = try await Sounding.sound(station.target)
        let pattern = try #require(CasePattern("GI-01,GI-02,LNK-01,LNK-06,LNK-10,RED-15,INI-01,LNK-05"))
        let cases = Catalogue.cases.filter { pattern.matches($0.id) }
        let report = await RunReport.make(target) { await SuiteRunner(target).run(cases) }
        await station.end()
        let gone = CaseResult(cases[0], .inconclusive("nothing <came> & \"stayed\" \u{1}"))
        return RunReport(
            target: report.target, results: report.results + [gone], begin: report.begin, duration: report.duration)
    }

    @Test("JUnit XML is well formed, with the counts of each suite and the frames of a failure")
    func junit() async throws {
        let report = try await report()
        let document = try XMLDocument(xmlString: JUnitReport.text(report))
        let root = try #require(document.rootElement())
        func attribute(_ element: XMLElement, _ name: String) -> Int {
            element.attribute(forName: name)?.stringValue.flatMap { Int($0) } ?? -1
        }
        #expect(root.name == "testsuites")
        #expect(attribute(root, "tests") == 9 && attribute(root, "failures") == 1)
        let suites = root.elements(forName: "testsuite")
        for suite in suites {
            let cases = suite.elements(forName: "testcase")
            #expect(attribute(suite, "tests") == cases.count)
            #expect(attribute(suite, "failures") == cases.count { !$0.elements(forName: "failure").isEmpty })
            #expect(attribute(suite, "skipped") == cases.count { !$0.elements(forName: "skipped").isEmpty })
            #expect(
                cases.allSatisfy { $0.attribute(forName: "time") != nil && $0.attribute(forName: "classname") != nil })
        }
        let failure = try #require(try document.nodes(forXPath: "//failure").first as? XMLElement)
        #expect(failure.attribute(forName: "message")?.stringValue?.contains("none of [1002]") == true)
        #expect(failure.stringValue?.contains("C_IC_NA_1") == true)
        let messages = try document.nodes(forXPath: "//skipped/@message").compactMap(\.stringValue)
        #expect(messages.contains("inconclusive: nothing <came> & \"stayed\" ?"))
    }

    @Test("JSON holds each case with its verdict, reason and frames")
    func json() async throws {
        let report = try await report()
        let text = JSONReport.text(report)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["counts"] as? [String: Int] == ["passed": 5, "failed": 1, "skipped": 2, "inconclusive": 1])
        let cases = try #require(object["cases"] as? [[String: Any]])
        let failed = try #require(cases.first { $0["verdict"] as? String == "fail" })
        #expect(failed["id"] as? String == "GI-02")
        let frames = try #require(failed["frames"] as? [[String: Any]])
        #expect(frames.contains { $0["octets"] as? String == "68 04 07 00 00 00" && $0["side"] as? String == "probe" })
        #expect(
            frames.contains { $0["octets"] as? String == "68 04 0B 00 00 00" && $0["side"] as? String == "station" })
    }

    @Test("the HTML page needs nothing else, escapes what it shows, and draws each case's sequence")
    func html() async throws {
        let report = try await report()
        let page = HTMLReport.text(report)
        #expect(
            !page.contains("http") && !page.contains("src=") && !page.contains("<link") && !page.contains("@import"))
        #expect(page.contains("nothing &lt;came&gt; &amp; &quot;stayed&quot; ?"))
        #expect(page.components(separatedBy: "<details class=\"case ").count - 1 == 9)
        #expect(page.components(separatedBy: "<svg").count - 1 == report.results.count { !$0.entries.isEmpty })
        #expect(page.contains("STARTDT act") && page.contains("Station of the tests"))
        // The reason is there without opening the case, for print.
        #expect(page.components(separatedBy: "<span class=\"reason\">").count - 1 == 4)
    }

    @Test("a summary tells what was sent, expected and came, with the frames")
    func summary() async throws {
        let text = RunSummary.text(try await report())
        #expect(text.contains("GI-02") && text.contains("none of [1002]") && text.contains("B<-") == false)
        #expect(text.contains("A-> STARTDT act") || text.contains("A<- I("))
        #expect(text.contains("5 passed, 1 failed, 2 skipped, 1 inconclusive"))
    }
}
