import Presentation

extension Finding {
    /// One line for people.
    package var line: String {
        let number = String(frame)
        return String(repeating: " ", count: max(0, 6 - number.count))
            + "\(number)  \(time.text)  \(origin)\(rule.rawValue): \(message)"
    }

    private var origin: String {
        guard let stream, let direction else { return "" }
        return "#\(stream.index) \(direction.text)  "
    }

    fileprivate var json: JSONObject {
        var json = JSONObject()
        json.add("rule", .text(rule.rawValue))
        json.add("frame", .integer(Int64(frame)))
        json.add("t", .text(time.epochText))
        if let stream, let direction {
            json.add("stream", .integer(Int64(stream.index)))
            json.add("dir", .text(direction.text))
            json.add("src", .text(stream.source(direction).description))
            json.add("dst", .text(stream.destination(direction).description))
        }
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
            ("gaps", gaps), ("cutPackets", cutPackets),
            ("malformedPackets", counts[.malformedPacket] ?? 0), ("total", total),
        ] {
            json.add(name, .integer(Int64(number)))
        }
        json.add("complete", .bool(error == nil && incompleteness == nil))
        json.add("error", error.map { .text($0) } ?? .null)
        json.add("rules", .fields(Rule.allCases.map { ($0.rawValue, counts[$0] ?? 0) }))
        json.add("findings", Rule.allCases.flatMap { findings[$0] ?? [] }.map(\.json))
        return json.line + "\n"
    }

    /// The report as JUnit XML: a test case for each rule, and one for the capture, which is an error if it can't be read
    /// to its end or holds nothing to judge, and skipped if it lacks something.
    package var jUnit: String {
        var suite = JUnitSuite(name: file, className: "iec104-replay.check")
        for rule in Rule.allCases {
            let title = "\(rule.rawValue): \(rule.title)"
            guard let count = counts[rule], let kept = findings[rule] else {
                suite.add(title)
                continue
            }
            let rest = count > kept.count ? ["and \(count - kept.count) more"] : []
            suite.add(title, .failed("\(count) findings", details: kept.map(\.line) + rest))
        }
        suite.add(
            "the capture is whole", error.map { .error($0) } ?? incompleteness.map { .skipped($0) } ?? .passed)
        return suite.text
    }
}
