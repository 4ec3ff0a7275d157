import Presentation
import Yams

/// What a file and its variables make of the nodes of its YAML.
struct NodeText {
    let file: String
    /// The values of `${name}`.
    var variables: [String: String] = [:]

    func fault(_ node: Node, _ text: String) -> ScenarioFault {
        ScenarioFault(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, text: text)
    }

    /// The text of a scalar with its variables filled in; "" for a missing value.
    func text(_ node: Node, _ what: String) throws(ScenarioFault) -> String {
        guard let scalar = node.scalar else { throw fault(node, "\(what) must be a single value") }
        var rest = scalar.string[...]
        var text = ""
        while let start = rest.firstRange(of: "${") {
            text += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw fault(node, "\"${\" without \"}\"")
            }
            let name = String(rest[start.upperBound..<end])
            guard let value = variables[name] else {
                let hint = NearestWord.hint(for: name, among: variables.keys.sorted())
                throw fault(node, "unknown variable \"\(name)\"\(variables.isEmpty ? "" : hint)")
            }
            text += value
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }

    /// What `convert` makes of the text.
    func value<Value>(
        _ node: Node, _ what: String, _ expectation: String, _ convert: (String) -> Value?
    ) throws(ScenarioFault) -> Value {
        let text = try text(node, what)
        guard let value = convert(text) else {
            throw fault(node, "\(what) is \"\(text)\", but \(expectation) is expected")
        }
        return value
    }

    /// One of a few words; upper and lower case mean the same.
    func word<Value>(
        _ node: Node, _ what: String, _ words: KeyValuePairs<String, Value>
    ) throws(ScenarioFault) -> Value {
        let text = try text(node, what).lowercased()
        guard let value = words.first(where: { $0.key.lowercased() == text })?.value else {
            throw fault(node, "\(what) can't be \"\(text)\"\(NearestWord.hint(for: text, among: words.map(\.key)))")
        }
        return value
    }

    /// A whole number.
    func integer(
        _ node: Node, _ what: String, _ range: ClosedRange<Int>
    ) throws(ScenarioFault) -> Int {
        try value(node, what, "a whole number in \(range.lowerBound)...\(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    func duration(_ node: Node, _ what: String) throws(ScenarioFault) -> Duration {
        try value(node, what, "a time such as 5 s, 500 ms or 2 min", TimeSpan.duration)
    }

    /// Octets in hexadecimal, with or without spaces between them.
    func octets(_ node: Node, _ what: String, maximum: Int) throws(ScenarioFault) -> [UInt8] {
        try value(node, what, "1...\(maximum) octets in hexadecimal, such as 68 04 43 00 00 00,") { text in
            Hexadecimal.octets(of: text).flatMap { (1...maximum).contains($0.count) ? $0 : nil }
        }
    }
}
