import Presentation

/// JUnit XML as the common CI servers read it: a suite for each section, a test case for each case.
///
/// Inconclusive cases are skipped ones with a message that says so: nothing was found wrong.
package enum JUnitReport {
    package static func text(_ report: RunReport) -> String {
        JUnitSuite.document(
            report.sections.map { suite($0, $1, report) },
            attributes: [("name", "IEC 60870-5-104 conformance"), ("time", report.duration.secondsText)])
    }

    private static func suite(_ title: String, _ results: [CaseResult], _ report: RunReport) -> JUnitSuite {
        let time = results.reduce(Duration.zero) { $0 + $1.duration }
        let begin = Instant.iso8601(millisecondsSince1970: report.begin).dropLast(5)
        let section = results.first.map { "\($0.conformanceCase.section)" } ?? title
        var suite = JUnitSuite(
            name: title, className: "iec104.\(section)",
            attributes: [
                ("time", time.secondsText), ("timestamp", String(begin)), ("hostname", report.target.host),
            ])
        for result in results {
            let one = result.conformanceCase
            suite.add("\(one.id) \(one.purpose)", outcome(result), seconds: result.duration.secondsText)
        }
        return suite
    }

    private static func outcome(_ result: CaseResult) -> JUnitSuite.Outcome {
        switch result.verdict {
        case .passed: .passed
        case .skipped(let reason): .skipped(reason)
        case .inconclusive(let reason): .skipped("inconclusive: \(reason)")
        case .failed(let failure):
            .failed(
                "expected \(failure.expected); came \(failure.came)",
                details: ["sent: \(result.conformanceCase.stimulus)"] + FrameLines.text(result, last: 40),
                type: "nonconformance")
        }
    }
}
