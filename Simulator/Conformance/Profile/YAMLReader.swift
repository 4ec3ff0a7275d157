import Yams

/// Reads a YAML text and tells the place of what is wrong.
struct YAMLReader {
    let file: String

    /// The root of a document.
    func root(_ text: String) throws(ProfileFault) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else { throw fault(nil, "the document is empty") }
            return node
        } catch let error as ProfileFault {
            throw error
        } catch let error as YamlError {
            throw fault(error)
        } catch {
            throw fault(nil, "\(error)")
        }
    }

    private func fault(_ error: YamlError) -> ProfileFault {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ProfileFault(file: file, line: mark.line, column: mark.column, text: problem)
        case .duplicatedKeysInMapping(let keys, let context):
            ProfileFault(
                file: file, line: context.mark.line, column: context.mark.column,
                text: "given more than once: \(keys.joined(separator: ", "))")
        default: fault(nil, "\(error)")
        }
    }

    func fault(_ node: Node?, _ text: String) -> ProfileFault {
        ProfileFault(file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1, text: text)
    }

    /// The members of a mapping, each with a key of `keys`.
    func members(
        _ node: Node, of what: String, keys: Set<String>
    ) throws(ProfileFault) -> [String: Node] {
        guard let mapping = node.mapping else { throw fault(node, "\(what) must be a mapping") }
        var members: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard keys.contains(name) else {
                let known = keys.sorted().joined(separator: ", ")
                throw fault(key, "unknown key \"\(name)\" in \(what); known: \(known)")
            }
            members[name] = value
        }
        return members
    }

    func items(_ node: Node, of what: String) throws(ProfileFault) -> [Node] {
        guard let sequence = node.sequence else { throw fault(node, "\(what) must be a list") }
        return Array(sequence)
    }

    func text(_ node: Node, _ what: String) throws(ProfileFault) -> String {
        guard let text = node.scalar?.string else { throw fault(node, "\(what) must be a text") }
        return text
    }

    func integer(_ node: Node, _ what: String, _ range: ClosedRange<Int>) throws(ProfileFault) -> Int {
        guard let number = node.int, range.contains(number) else {
            throw fault(node, "\(what) must be a whole number in \(range.lowerBound)...\(range.upperBound)")
        }
        return number
    }

    func number(_ node: Node, _ what: String, atLeast minimum: Double = 0) throws(ProfileFault) -> Double {
        guard let number = node.float, number.isFinite, number >= minimum else {
            throw fault(node, "\(what) must be a number of at least \(minimum)")
        }
        return number
    }

    func bool(_ node: Node, _ what: String) throws(ProfileFault) -> Bool {
        guard let bool = node.bool else { throw fault(node, "\(what) must be true or false") }
        return bool
    }
}
