import Presentation

/// The run as one JSON object.
///
/// | key | value |
/// |---|---|
/// | `target`, `profile` | where, and the name of the profile |
/// | `begin` | ISO 8601, UTC |
/// | `seconds` | how long the run took |
/// | `counts` | `passed`, `failed`, `skipped`, `inconclusive` |
/// | `cases` | objects with `id`, `class`, `purpose`, `stimulus`, `expectation`, `verdict`, `reason`, `observed`, `seconds`, `frames` |
///
/// A frame has `ms` since the case began, `connection`, `side` (`probe`, `station`, `note`), `text` and `octets`.
package enum JSONReport {
    package static func text(_ report: RunReport) -> String {
        var object = JSONObject()
        object.add("target", .text("\(report.target.host):\(report.target.port)"))
        object.add("profile", .text(report.target.profile.name))
        object.add("begin", .text(Instant.iso8601(millisecondsSince1970: report.begin)))
        object.add("seconds", .number(report.duration / .seconds(1)))
        let counts = report.counts
        var numbers = JSONObject()
        numbers.add("passed", .integer(Int64(counts.passed)))
        numbers.add("failed", .integer(Int64(counts.failed)))
        numbers.add("skipped", .integer(Int64(counts.skipped)))
        numbers.add("inconclusive", .integer(Int64(counts.inconclusive)))
        object.add("counts", numbers)
        object.add("cases", report.results.map { one($0) })
        return object.line + "\n"
    }

    private static func one(_ result: CaseResult) -> JSONObject {
        var object = JSONObject()
        object.add("id", .text(result.conformanceCase.id))
        object.add("class", .text(result.conformanceCase.conformanceClass.rawValue))
        object.add("purpose", .text(result.conformanceCase.purpose))
        object.add("stimulus", .text(result.conformanceCase.stimulus))
        object.add("expectation", .text(result.conformanceCase.expectation))
        object.add("verdict", .text(result.verdict.word))
        if !result.verdict.reason.isEmpty { object.add("reason", .text(result.verdict.reason)) }
        if !result.observed.isEmpty { object.add("observed", .text(result.observed)) }
        object.add("seconds", .number(result.duration / .seconds(1)))
        object.add(
            "frames",
            FrameLines.lines(result).map { line in
                var object = JSONObject()
                object.add("ms", .integer(line.milliseconds))
                object.add("connection", .text(line.connection))
                object.add("side", .text(line.side.rawValue))
                object.add("text", .text(line.text))
                if !line.octets.isEmpty { object.add("octets", .text(line.octets)) }
                return object
            })
        return object
    }
}
