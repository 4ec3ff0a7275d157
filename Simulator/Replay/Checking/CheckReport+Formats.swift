import Presentation

extension Finding {
    /// One line for people.
    package var line: String {
        let number = String(frame)
        return String(repeating: " ", count: max(0, 6 - number.count))
            + "\(number)  \(time.text)  #\(stream.index) \(direction.text)  \(rule.rawValue): \(message)"
    }

    var json: JSONObject {
        var json = JSONObject()
        json.add("rule", .text(rule.rawValue))
        json.add("frame", .integer(Int64(frame)))
        json.add("t", .text(time.epochText))
        json.add("stream", .integer(Int64(stream.index)))
        json.add("dir", .text(direction.text))
        json.add("src", .text(stream.source(direction).description))
        json.add("dst", .text(stream.destination(direction).description))
        json.add("message", .text(message))
        return json
    }
}

extension CheckReport {
    /// The report as one JSON object: figures, the number of findings of each rule, and the findings.
    package var json: String {
        var json = JSONObject()
        json.add("file", .text(file))
        for (name, number) in [
            ("packets", packets), ("connections", connections), ("streams", streams), ("apdus", apdus),
            ("gaps", gaps), ("malformedPackets", malformedPackets), ("total", total),
        ] {
            json.add(name, .integer(Int64(number)))
        }
        json.add("error", fault.map { .text("\($0)") } ?? .null)
        json.add("rules", .fields(Rule.allCases.map { ($0.rawValue, counts[$0] ?? 0) }))
        json.add("findings", Rule.allCases.flatMap { findings[$0] ?? [] }.map(\.json))
        return json.line + "\n"
    }

    /// The report as JUnit XML: a test case for each rule.
    package var jUnit: String {
        let failed = Rule.allCases.filter { counts[$0] != nil }.count
        let name = Markup.escaped(file)
        let errors = fault == nil ? 0 : 1
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites tests=\"\(Rule.allCases.count + errors)\" failures=\"\(failed)\" errors=\"\(errors)\">",
            "<testsuite name=\"\(name)\" tests=\"\(Rule.allCases.count + errors)\" failures=\"\(failed)\" errors=\"\(errors)\">",
        ]
        for rule in Rule.allCases {
            let head =
                "<testcase classname=\"iec104-replay.check\" name=\"\(rule.rawValue): \(Markup.escaped(rule.title))\""
            guard let count = counts[rule], let kept = findings[rule] else {
                lines.append(head + "/>")
                continue
            }
            let rest = count > kept.count ? ["and \(count - kept.count) more"] : []
            let text = (kept.map(\.line) + rest).joined(separator: "\n")
            lines.append("\(head)><failure message=\"\(count) findings\">\(Markup.escaped(text))</failure></testcase>")
        }
        if let fault {
            lines.append(
                "<testcase classname=\"iec104-replay.check\" name=\"the capture is read to its end\">"
                    + "<error message=\"\(Markup.escaped("\(fault)"))\"/></testcase>")
        }
        return (lines + ["</testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
    }
}
