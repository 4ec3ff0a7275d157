import IEC104Model
import Presentation
import Replay

extension RoundtripReport {
    /// The differences that were kept, then the summary: lines for people.
    package var lines: [String] { log.lines + summary }

    /// What the capture shows and what became of it, in lines for people. The differences aren't among them.
    package var summary: [String] {
        var lines = types.sorted { $0.key < $1.key }.map { type, count in
            let counts = [(count.events, "events"), (count.answers, "interrogation answers")]
                .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
            let verdict = count.differences == 0 ? "all as recorded" : "\(count.differences) DIFFERENT"
            return "  \(type): \(counts): \(verdict)"
        }
        for (name, left) in conceded.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("  \(left.count) with \(name.title); the first in frame \(left.firstFrame)")
        }
        for (name, left) in excluded.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("  not compared: \(left.count) \(name.title); the first in frame \(left.firstFrame)")
        }
        if gaps > 0 { lines.append("  the capture lacks octets in \(gaps) places") }
        if let fault { lines.append("  COMPARED IN PART: \(fault)") }
        lines.append(
            "\(packets) packets, \(points) points\(rounds > 1 ? " in \(rounds) rounds" : ""): "
                + verdict("\(compared) objects came out as recorded"))
        return lines
    }

    /// The report as one JSON object.
    package var json: String {
        var json = JSONObject()
        json.add("file", .text(file))
        for (name, number) in [
            ("packets", packets), ("points", points), ("rounds", rounds), ("gaps", gaps), ("compared", compared),
            ("total", total),
        ] {
            json.add(name, .integer(Int64(number)))
        }
        json.add("error", error.map { .text($0) } ?? .null)
        json.add("types", types.sorted { $0.key < $1.key }.map { Self.json($0.key, $0.value) })
        json.add("conceded", JSONObject.fields(Concession.allCases.map { ($0.rawValue, conceded[$0]?.count ?? 0) }))
        json.add("notCompared", JSONObject.fields(Exclusion.allCases.map { ($0.rawValue, excluded[$0]?.count ?? 0) }))
        log.add(to: &json)
        return json.line + "\n"
    }

    private static func json(_ type: TypeIdentification, _ count: TypeCount) -> JSONObject {
        var json = JSONObject()
        json.add("typeid", .integer(Int64(type.rawValue)))
        json.add("name", type.mnemonic.map { .text($0) } ?? .null)
        for (name, number) in [
            ("events", count.events), ("answers", count.answers), ("differences", count.differences),
        ] {
            json.add(name, .integer(Int64(number)))
        }
        return json
    }

    /// The report as JUnit XML: a test case for each type, and a skipped one for each reason why something wasn't
    /// compared.
    package var jUnit: String {
        var suite = JUnitSuite(name: file, className: "iec104-replay.roundtrip")
        for (type, count) in types.sorted(by: { $0.key < $1.key }) {
            let lines = differences.filter { $0.type == type }.map(\.line)
            suite.add(
                "\(type): \(count.events + count.answers) objects come out as recorded",
                count.differences == 0 ? .passed : .failed("\(count.differences) differences", details: lines))
        }
        let others = total - types.values.reduce(0) { $0 + $1.differences }
        suite.add(
            "nothing else comes out",
            others == 0
                ? .passed
                : .failed("\(others) differences", details: differences.filter { $0.type == nil }.map(\.line)))
        for exclusion in Exclusion.allCases {
            guard let left = excluded[exclusion] else { continue }
            suite.add("\(exclusion.rawValue): \(left.count) not compared", .skipped(exclusion.title))
        }
        suite.add("the capture is read to its end, and something in it compared", error.map { .error($0) } ?? .passed)
        return suite.text
    }
}
