import Presentation

/// The run as one HTML page that needs nothing else: summary, declared profile, and each case with its message sequence.
package enum HTMLReport {
    package static func text(_ report: RunReport) -> String {
        let title = "Conformance of \(report.target.profile.name.isEmpty ? place(report) : report.target.profile.name)"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Markup.escaped(title))</title>
            <style>\(HTMLStyle.css)</style>
            </head>
            <body>
            <h1>\(Markup.escaped(title))</h1>
            <p class="lead">IEC 60870-5-104 controlled station at \(Markup.escaped(place(report))), \
            judged on \(Instant.iso8601(millisecondsSince1970: report.begin).replacing("T", with: " ").dropLast(5)) UTC \
            in \(report.duration.secondsText) s</p>
            \(summary(report))
            \(HTMLProfile.text(report.target.profile))
            \(filters(report))
            \(report.sections.map { section($0.title, $0.results) }.joined(separator: "\n"))
            <section class="signature"><h2>Acceptance</h2>
            <div><span>Station and version</span></div><div><span>Tested by, date</span></div>
            <div><span>Accepted by, date</span></div></section>
            <script>\(HTMLStyle.script)</script>
            </body>
            </html>

            """
    }

    private static func place(_ report: RunReport) -> String { "\(report.target.host):\(report.target.port)" }

    private static func summary(_ report: RunReport) -> String {
        let counts = report.counts
        let tiles = [
            ("pass", "passed", counts.passed), ("fail", "failed", counts.failed), ("skip", "skipped", counts.skipped),
            ("inconclusive", "inconclusive", counts.inconclusive),
        ].map { "<div class=\"tile \($0.0)\"><b>\($0.2)</b>\($0.1)</div>" }
        let rows = report.sections.map { title, results in
            let numbers = ["pass", "fail", "skip", "inconclusive"].map { word in
                let count = results.count { $0.verdict.word == word }
                return "<td class=\"\(count == 0 ? "none" : word)\">\(count)</td>"
            }
            return "<tr><th>\(Markup.escaped(title))</th>\(numbers.joined())</tr>"
        }
        return """
            <div class="tiles">\(tiles.joined())</div>
            <table class="summary"><thead><tr><th>Section</th><th>passed</th><th>failed</th><th>skipped</th>\
            <th>inconclusive</th></tr></thead><tbody>\(rows.joined())</tbody></table>
            """
    }

    private static func filters(_ report: RunReport) -> String {
        let sections = report.sections.compactMap { $0.results.first?.conformanceCase.section }
            .map { "<option>\($0)</option>" }.joined()
        let verdicts = ["pass", "fail", "skip", "inconclusive"].map {
            "<label><input type=\"checkbox\" value=\"\($0)\" checked> \($0)</label>"
        }.joined()
        return """
            <div class="filters"><input id="text" type="search" placeholder="Search cases and frames">\
            <select id="section"><option value="">all sections</option>\(sections)</select>\(verdicts)\
            <button id="open">open all</button><span id="shown"></span></div>
            """
    }

    private static func section(_ title: String, _ results: [CaseResult]) -> String {
        "<section class=\"cases\"><h2>\(Markup.escaped(title))</h2>\n"
            + results.map { one($0) }.joined(separator: "\n") + "</section>"
    }

    private static func one(_ result: CaseResult) -> String {
        let one = result.conformanceCase
        let word = result.verdict.word
        var rows = [("Sent", one.stimulus), ("Expected", one.expectation), ("Time", one.timing)]
        switch result.verdict {
        case .passed: break
        case .failed(let failure):
            rows += [("Missing", failure.expected), ("Came", failure.came)]
        case .skipped(let reason), .inconclusive(let reason): rows.append(("Reason", reason))
        }
        let reason = word == "pass" ? "" : "<span class=\"reason\">\(Markup.escaped(result.verdict.reason))</span>"
        rows.append(("Observed", result.observed))
        let facts = rows.filter { !$0.1.isEmpty }
            .map { "<dt>\($0.0)</dt><dd>\(Markup.escaped($0.1))</dd>" }.joined()
        return """
            <details class="case \(word)" data-verdict="\(word)" data-section="\(one.section)">\
            <summary><span class="verdict">\(word)</span><b>\(one.id)</b> <span class="class">\
            \(one.conformanceClass.rawValue)</span> \(Markup.escaped(one.purpose))\
            <span class="time">\(result.entries.isEmpty ? "" : result.duration.secondsText + " s")</span>\(reason)</summary>\
            <dl>\(facts)</dl>\(SequenceDrawing.svg(FrameLines.lines(result)))</details>
            """
    }
}
