import NIOCore
import Presentation
import Yams

/// Reads the steps of a scenario, in order.
struct StepReader {
    /// Steps of a scenario, with all repetitions written out.
    static let maximumSteps = 10_000
    /// The connection of steps that name none.
    static let mainConnection = "main"
    static let verbs = [
        "connect", "startdt", "stopdt", "interrogate", "counters", "read", "clock", "command", "send", "raw", "expect",
        "expect silence", "inject", "wait", "acknowledge", "disconnect", "repeat",
    ]

    var text: NodeText
    private(set) var steps: [ScenarioStep] = []
    /// At most one of each step.
    private(set) var faults: [ScenarioFault] = []
    private var round: Int?
    private var connections: Set<String> = []

    init(text: NodeText) {
        self.text = text
    }

    mutating func read(_ node: Node) {
        guard let items = node.sequence else { return faults.append(text.fault(node, "steps must be a list")) }
        guard !items.isEmpty else { return faults.append(text.fault(node, "there are no steps")) }
        for item in items {
            do {
                try readStep(item)
            } catch {
                // A repetition finds the same fault in each round.
                if !faults.contains(error) { faults.append(error) }
            }
        }
    }

    private mutating func readStep(_ node: Node) throws(ScenarioFault) {
        let (verbNode, argument) = try verb(of: node)
        let verb = verbNode.scalar?.string ?? ""
        guard Self.verbs.contains(verb) else {
            throw text.fault(verbNode, "unknown step \"\(verb)\"\(NearestWord.hint(for: verb, among: Self.verbs))")
        }
        if verb == "repeat" { return try readRepeat(node) }
        guard steps.count < Self.maximumSteps else {
            throw text.fault(node, "there are more than \(Self.maximumSteps) steps")
        }
        let source = StepSource(verb: verb, node: node, argument: argument, text: text)
        let content = try source.content()
        if verb == "connect" {
            connections.insert(content.connection)
        } else if !["wait", "inject"].contains(verb), !connections.contains(content.connection) {
            let hint = connections.isEmpty ? "" : NearestWord.hint(for: content.connection, among: connections.sorted())
            throw text.fault(node, "\(verb) before any connect of the connection \"\(content.connection)\"\(hint)")
        }
        steps.append(
            ScenarioStep(
                line: node.mark?.line ?? 1, round: round, title: content.title, connection: content.connection,
                action: content.action))
    }

    /// A step is a word, or a mapping that begins with one.
    private func verb(of node: Node) throws(ScenarioFault) -> (Node, Node?) {
        if node.scalar != nil { return (node, nil) }
        guard let (key, value) = node.mapping?.first(where: { _ in true }) else {
            throw text.fault(node, "a step must begin with \(Self.verbs.joined(separator: ", "))")
        }
        return (key, value)
    }

    private mutating func readRepeat(_ node: Node) throws(ScenarioFault) {
        let fields = try Fields(node, text, what: "repeat", keys: ["repeat", "as", "steps"])
        let count = try text.integer(try fields.required("repeat"), "repeat", 1...1000)
        let name = try fields.string("as") ?? "round"
        let inner = try fields.required("steps")
        let (outerText, outerRound) = (text, round)
        guard outerRound == nil else { throw text.fault(node, "repeat inside of repeat") }
        guard text.variables[name] == nil else { throw text.fault(node, "there is a variable \"\(name)\" already") }
        for number in 1...count {
            text.variables[name] = String(number)
            round = number
            read(inner)
            // The other rounds have nothing new to say.
            if !faults.isEmpty { break }
        }
        (text, round) = (outerText, outerRound)
    }
}
