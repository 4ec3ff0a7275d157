import IEC104Model
import Presentation

/// What a stateful replay has shown.
package struct ReplayReport: Sendable {
    /// Answers of one type.
    package struct TypeCount: Hashable, Sendable {
        package var answers = 0
        package var differences = 0
    }

    /// The capture, and the station it was replayed against.
    package let file: String
    package let target: String
    /// Packets read.
    package var packets = 0
    /// The connection that was replayed; nil before it was found.
    package var stream: Int?
    /// Other connections of the capture that had something to replay.
    package var otherStreams: Set<Int> = []
    /// Requests sent.
    package var requests = 0
    /// Requests left out, by type: how many, and the packet of the first.
    package private(set) var leftOut: [TypeIdentification: (count: Int, firstFrame: Int)] = [:]
    /// Requests that make no sense, and weren't sent.
    package var malformed = 0
    /// Recorded answers to requests that weren't sent: left out, or not in the capture.
    package var answersLeftOut = 0
    /// Values that came unasked: spontaneous, periodic. Not compared.
    package var unasked = 0
    /// True if the recording began in the middle, so that data transfer was started without one.
    package var startedUnasked = false
    /// Answers that were compared.
    package private(set) var types: [TypeIdentification: TypeCount] = [:]
    private(set) var log = DifferenceLog()

    package init(file: String, target: String) {
        self.file = file
        self.target = target
    }

    /// Answers that were compared.
    package var compared: Int { types.values.reduce(0) { $0 + $1.answers } }
    /// All differences.
    package var total: Int { log.total }
    /// The first 1000 of them.
    package var differences: [Difference] { log.kept }

    mutating func leaveOut(_ request: RecordedRequest) {
        leftOut[request.type, default: (0, request.frame)].count += 1
    }

    mutating func willCompare(_ type: TypeIdentification) {
        types[type, default: TypeCount()].answers += 1
    }

    mutating func add(_ kind: DifferenceKind, _ answer: Answer, frame: Int, _ what: String) {
        add(
            Difference(
                kind: kind, address: answer.key.address, type: answer.type, frame: frame,
                message: "recorded \(answer.text), \(what)"))
    }

    mutating func add(_ difference: Difference) {
        if let type = difference.type { types[type, default: TypeCount()].differences += 1 }
        log.add(difference)
    }
}

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
        let verdict =
            total > 0
            ? "\(total) differences"
            : compared == 0 ? "nothing to compare" : "\(compared) answers as recorded"
        let which = stream.map { "connection \($0)" } ?? "no connection to replay"
        return lines + ["\(which), \(requests) requests sent to \(target): \(verdict)"]
    }

    /// The report as one JSON object.
    package var json: String {
        var json = JSONObject()
        json.add("file", .text(file))
        json.add("target", .text(target))
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
                failure: count.differences == 0 ? nil : ("\(count.differences) differences", lines))
        }
        let others = differences.filter { $0.type == nil }.map(\.line)
        suite.add(
            "the connection lasts to the end of the recording",
            failure: others.isEmpty ? nil : ("the connection ended", others))
        for (type, left) in leftOut.sorted(by: { $0.key < $1.key }) {
            suite.add("\(type): \(left.count) requests", skipped: "left out; --allow-commands sends commands")
        }
        return suite.text
    }
}
