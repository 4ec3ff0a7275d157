import Presentation
import Yams

/// Reads scenario files.
package struct ScenarioReader {
    /// The only version there is.
    private static let version = 1
    /// Octets of a file, at most.
    package static let maximumSize = 1_000_000

    private var text: NodeText
    private let settings: [String: String]

    /// Reads a scenario and checks all of it.
    ///
    /// - Parameters:
    ///   - file: its name, for faults.
    ///   - settings: values of variables, instead of those that the file gives them.
    /// - Throws: `ScenarioFaults`, all that can be told at once.
    package static func read(
        _ yaml: String, file: String, settings: [String: String] = [:]
    ) throws(ScenarioFaults) -> Scenario {
        var reader = ScenarioReader(text: NodeText(file: file), settings: settings)
        let root: Node
        do {
            root = try reader.root(yaml)
        } catch {
            throw ScenarioFaults(faults: [error])
        }
        return try reader.scenario(root)
    }

    private func root(_ yaml: String) throws(ScenarioFault) -> Node {
        func fault(_ line: Int, _ column: Int, _ problem: String) -> ScenarioFault {
            ScenarioFault(file: text.file, line: line, column: column, text: problem)
        }
        guard yaml.utf8.count <= Self.maximumSize else {
            throw fault(1, 1, "the file has more than \(Self.maximumSize) octets")
        }
        do {
            if let node = try Yams.compose(yaml: yaml) { return node }
            throw fault(1, 1, "the file is empty")
        } catch let error as ScenarioFault {
            throw error
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            throw fault(mark.line, mark.column, problem)
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            throw fault(
                context.mark.line, context.mark.column, "given more than once: \(keys.joined(separator: ", "))")
        } catch {
            throw fault(1, 1, "no YAML: \(error)")
        }
    }

    private mutating func scenario(_ root: Node) throws(ScenarioFaults) -> Scenario {
        var faults: [ScenarioFault] = []
        do {
            let fields = try Fields(
                root, text, what: "a scenario", keys: ["version", "name", "description", "variables", "steps"])
            _ = try text.integer(try fields.required("version"), "version", Self.version...Self.version)
            try readVariables(fields["variables"])
            let name = try fields.string("name") ?? text.file
            let steps = try fields.required("steps")
            var reader = StepReader(text: text)
            reader.read(steps)
            faults = reader.faults
            if faults.isEmpty { return Scenario(name: name, steps: reader.steps) }
        } catch {
            faults.append(error)
        }
        throw ScenarioFaults(faults: faults)
    }

    private mutating func readVariables(_ node: Node?) throws(ScenarioFault) {
        var values: [String: String] = [:]
        if let node {
            guard let mapping = node.mapping else { throw text.fault(node, "variables must be a mapping") }
            for (key, value) in mapping {
                let name = try text.text(key, "the name of a variable")
                values[name] = try text.text(value, name)
            }
        }
        for (name, value) in settings {
            guard values[name] != nil else {
                let hint = values.isEmpty ? "" : NearestWord.hint(for: name, among: values.keys.sorted())
                throw ScenarioFault(
                    file: text.file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1,
                    text: "no variable \"\(name)\" to set\(hint)")
            }
            values[name] = value
        }
        text.variables = values
    }
}
