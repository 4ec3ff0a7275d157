import Presentation

/// JUnit XML as the common CI servers read it: a suite for each section, a test case for each case.
///
/// Inconclusive cases are skipped ones with a message that says so: nothing was found wrong.
package enum JUnitReport {
    package static func text(_ report: RunReport) -> String {
        let counts = report.counts
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites name=\"IEC 60870-5-104 conformance\" tests=\"\(report.results.count)\""
        // The schemas of CI servers know no count of skipped cases here, only in each suite.
        text += " failures=\"\(counts.failed)\" errors=\"0\" time=\"\(report.duration.secondsText)\">\n"
        for (title, results) in report.sections { text += suite(title, results, report) }
        return text + "</testsuites>\n"
    }

    private static func suite(_ title: String, _ results: [CaseResult], _ report: RunReport) -> String {
        let failures = results.count(where: \.verdict.hasFailed)
        let skipped = results.count { !$0.verdict.hasFailed && !$0.verdict.hasPassed }
        let time = results.reduce(Duration.zero) { $0 + $1.duration }
        let begin = Instant.iso8601(millisecondsSince1970: report.begin).dropLast(5)
        var text = "  <testsuite name=\"\(Markup.escaped(title))\" tests=\"\(results.count)\" failures=\"\(failures)\""
        text += " errors=\"0\" skipped=\"\(skipped)\" time=\"\(time.secondsText)\" timestamp=\"\(begin)\""
        text += " hostname=\"\(Markup.escaped(report.target.host))\">\n"
        for result in results { text += testCase(result) }
        return text + "  </testsuite>\n"
    }

    private static func testCase(_ result: CaseResult) -> String {
        let one = result.conformanceCase
        let name = Markup.escaped("\(one.id) \(one.purpose)")
        let head =
            "    <testcase classname=\"iec104.\(one.section)\" name=\"\(name)\" time=\"\(result.duration.secondsText)\""
        switch result.verdict {
        case .passed: return head + "/>\n"
        case .skipped(let reason): return head + "><skipped message=\"\(Markup.escaped(reason))\"/></testcase>\n"
        case .inconclusive(let reason):
            return head + "><skipped message=\"inconclusive: \(Markup.escaped(reason))\"/></testcase>\n"
        case .failed(let failure):
            let message = Markup.escaped("expected \(failure.expected); came \(failure.came)")
            let body = (["sent: \(one.stimulus)"] + FrameLines.text(result, last: 40)).joined(separator: "\n")
            return head + ">\n      <failure type=\"nonconformance\" message=\"\(message)\">\(Markup.escaped(body))"
                + "</failure>\n    </testcase>\n"
        }
    }
}
