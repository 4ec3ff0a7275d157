import Foundation
import FoundationXML
import IEC104Link
import NIOCore
import Replay
import TestSupport
import Testing

@Suite("Reports")
struct ReportTests {
    private func report(findings count: Int) -> CheckReport {
        let end = Endpoint(address: IPAddress(ipv4: 1), port: 2404)
        let stream = TrafficStream(index: 3, controlling: end, controlled: end, isFromBeginning: true)
        var report = CheckReport(file: "a<b>&\"c\".pcap")
        for frame in 0..<count {
            report.add([
                Finding(
                    rule: .windowK, stream: stream, direction: .monitor, frame: frame,
                    time: CaptureTime(nanoseconds: 0), message: "13 > \"12\" & \u{1}")
            ])
        }
        return report
    }

    @Test("JUnit: a test case for each rule, with what it found, escaped")
    func jUnit() throws {
        let document = try XMLDocument(xmlString: report(findings: 2).jUnit)
        let suite = try #require(document.nodes(forXPath: "/testsuites/testsuite").first as? XMLElement)
        #expect(suite.attribute(forName: "name")?.stringValue == "a<b>&\"c\".pcap")
        #expect(suite.attribute(forName: "tests")?.stringValue == String(Rule.allCases.count + 1))
        #expect(try document.nodes(forXPath: "//testcase").count == Rule.allCases.count + 1)
        let failures = try document.nodes(forXPath: "//testcase[starts-with(@name,'window-k')]/failure")
        #expect(failures.count == 1)
        #expect(failures.first?.stringValue?.contains("13 > \"12\" & ?") == true)
    }

    @Test("of very many findings, all are counted and some are kept")
    func bounded() throws {
        let many = report(findings: 1500)
        #expect(many.total == 1500)
        #expect(many.findings[.windowK]?.count == 1000)
        #expect(many.jUnit.contains("and 500 more"))
    }

    @Test("JSON: figures, counts by rule, findings")
    func json() throws {
        let parsed = try JSONSerialization.jsonObject(with: Data(report(findings: 1).json.utf8))
        let object = try #require(parsed as? [String: Any])
        #expect((object["rules"] as? [String: Int])?["window-k"] == 1)
        #expect((object["findings"] as? [[String: Any]])?.first?["stream"] as? Int == 3)
        #expect(object["error"] is NSNull)
    }
}
