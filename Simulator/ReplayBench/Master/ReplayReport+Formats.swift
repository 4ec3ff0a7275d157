import IEC104Model
import Presentation

extension ReplayReport {
    /// The differences that were kept, then the summary: lines for people.
    package var lines: [String] { log.lines + summary }

    private var summary: [String] {
        var lines = types.sorted { $0.key < $1.key }.map { type, count in
            "  \(type): \(count.answers) answers: "
                + (count.differences == 0 ? "all as recorded" : "\(count.differences) DIFFERENT")
        }
        if startedUnasked { lines.append("  the recording begins in the middle: data transfer was started first") }
        for (type, left) in leftOut.sorted(by: { $0.key < $1.key }) {
            let why =
                type.rawValue >= 120 ? "files can't be replayed" : "changes something; --allow-commands sends it"
            lines.append("  left out: \(left.count) \(type), the first in frame \(left.firstFrame): \(why)")
        }
        if answersLeftOut > 0 {
            lines.append("  not compared: \(answersLeftOut) recorded answers to what wasn't sent")
        }
        if malformed > 0 { lines.append("  left out: \(malformed) requests that make no sense") }
        if unasked > 0 { lines.append("  not compared: \(unasked) values that came unasked") }
        if !otherStreams.isEmpty {
            let numbers = otherStreams.sorted().prefix(10).map(String.init).joined(separator: ", ")
            lines.append(
                "  not replayed: \(otherStreams.count) other connections (--stream \(numbers)\(otherStreams.count > 10 ? "..." : ""))"
            )
        }
        if let fault { lines.append("  COMPARED IN PART: \(fault)") }
        let which = stream.map { "connection \($0)" } ?? "no connection to replay"
        return lines + [
            "\(which), \(requests) requests sent to \(target): " + verdict("\(compared) answers as recorded")
        ]
    }

    /// The report as one JSON object.
    package var json: String {
        var json = JSONObject()
        json.add("file", .text(file))
        json.add("target", .text(target))
        json.add("error", error.map { .text($0) } ?? .null)
        json.add("stream", stream.map { .integer(Int64($0)) } ?? .null)
        for (name, number) in [
            ("packets", packets), ("requests", requests), ("malformed", malformed),
            ("leftOut", leftOut.values.reduce(0) { $0 + $1.count }), ("answersLeftOut", answersLeftOut),
            ("unasked", unasked), ("compared", compared), ("total", total),
        ] {
            json.add(name, .integer(Int64(number)))
        }
        log.add(to: &json)
        return json.line + "\n"
    }

    /// The report as JUnit XML: a test case for each type of answer, and a skipped one for each type left out.
    package var jUnit: String {
        var suite = JUnitSuite(name: file, className: "iec104-replay.master")
        for (type, count) in types.sorted(by: { $0.key < $1.key }) {
            let lines = differences.filter { $0.type == type }.map(\.line)
            suite.add(
                "\(type): \(count.answers) answers as recorded",
                count.differences == 0 ? .passed : .failed("\(count.differences) differences", details: lines))
        }
        let others = total - types.values.reduce(0) { $0 + $1.differences }
        suite.add(
            "the connection lasts to the end of the recording, and nothing malformed is received",
            others == 0
                ? .passed
                : .failed("\(others) differences", details: differences.filter { $0.type == nil }.map(\.line)))
        for (type, left) in leftOut.sorted(by: { $0.key < $1.key }) {
            suite.add("\(type): \(left.count) requests", .skipped("left out; --allow-commands sends commands"))
        }
        suite.add("the capture is read to its end, and something in it compared", error.map { .error($0) } ?? .passed)
        return suite.text
    }
}
