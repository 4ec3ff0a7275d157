import ControllingStation
import IEC104Model
import Yams

/// A profile as YAML:
///
/// | key | value | default |
/// |---|---|---|
/// | `version` | 1 | required |
/// | `name`, `description` | texts for the report | empty |
/// | `link` | `t1`, `t2`, `t3` in seconds, `k`, `w`, all of them | unknown |
/// | `connections` | how many at once | unknown |
/// | `functions` | list of `StationFunction`; what isn't listed isn't there | unknown |
/// | `points` | list of monitored points; without it the station is asked by a broadcast interrogation | |
/// | `commands` | list of command points | none |
/// | `select` | seconds that a select lasts | 30 |
/// | `commandAge` | seconds that a time-tagged command may be old | 30 |
/// | `robustness` | true: cases of class R, storms and malformed frames, may be run, and broadcast commands | false |
/// | `free` | `ca`, `ioa`: addresses that don't exist there, for commands that have to be refused | no such commands |
/// | `choices` | case id: answer, or several with commas, where the standard leaves it open | undeclared |
/// | `pace` | `prompt`, `silence`, `early`, `late`, `interrogation` in seconds | 2, 2, 0.1, 1, 30 |
///
/// A point has `ca`, `ioa` (a number, or `first...last` for several), `type` (number or standard name) and, if wanted,
/// `groups`, `counterGroup`, `periodic`, `background`, `deadband`; a command `ca`, `ioa`, `type`, `operation`
/// (`direct`, `select`), `confirmation` (`station`, or `process` for one that the process behind the station confirms),
/// `refused`, `fails`, `duration`, `returns`, `maximum`.
extension StationProfile {
    /// Reads a profile.
    ///
    /// - Parameter file: named in faults.
    /// - Throws: `ProfileFault` with line and column.
    package init(yaml text: String, file: String) throws(ProfileFault) {
        let reader = YAMLReader(file: file)
        let root = try reader.root(text)
        let members = try reader.members(
            root, of: "a profile",
            keys: [
                "version", "name", "description", "link", "connections", "functions", "points", "commands", "select",
                "commandAge", "robustness", "free", "choices", "pace",
            ])
        guard let version = members["version"] else { throw reader.fault(root, "version is missing; it must be 1") }
        _ = try reader.integer(version, "version", 1...1)
        if let node = members["name"] { name = try reader.text(node, "name") }
        if let node = members["description"] { description = try reader.text(node, "description") }
        if let node = members["link"] { link = try LinkProfile(node, reader) }
        if let node = members["connections"] { connections = try reader.integer(node, "connections", 1...10_000) }
        if let node = members["functions"] { functions = try Self.functions(node, reader) }
        if let node = members["select"] { selectTimeout = try reader.integer(node, "select", 1...3600) }
        if let node = members["commandAge"] { maximumCommandAge = try reader.integer(node, "commandAge", 1...3600) }
        if let node = members["robustness"] { allowsRobustness = try reader.bool(node, "robustness") }
        if let node = members["points"] { try readPoints(node, reader) }
        if let node = members["commands"] { try readCommands(node, reader) }
        commonAddresses = declaredCommonAddresses
        if let node = members["free"] { try readFree(node, reader) }
        if let node = members["choices"] { try readChoices(node, reader) }
        if let node = members["pace"] { pace = try ProbePace(node, reader) }
    }

    private static func functions(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) -> Set<StationFunction> {
        var functions: Set<StationFunction> = []
        for item in try reader.items(node, of: "functions") {
            let name = try reader.text(item, "a function")
            guard let function = StationFunction(rawValue: name) else {
                let known = StationFunction.allCases.map(\.rawValue).joined(separator: ", ")
                throw reader.fault(item, "unknown function \"\(name)\"; known: \(known)")
            }
            functions.insert(function)
        }
        return functions
    }

    private mutating func readPoints(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) {
        var seen: Set<PointAddress> = []
        for item in try reader.items(node, of: "points") {
            let members = try reader.members(
                item, of: "a point",
                keys: ["ca", "ioa", "type", "groups", "counterGroup", "periodic", "background", "deadband"])
            let (commonAddress, addresses, type) = try Self.identity(item, members, reader)
            guard type.isProcessInformation else { throw reader.fault(members["type"], "\(type) isn't monitored") }
            var point = ProfilePoint(commonAddress, 0, type)
            if let node = members["groups"] {
                for item in try reader.items(node, of: "groups") {
                    point.groups.append(try reader.integer(item, "a group", 1...16))
                }
            }
            if let node = members["counterGroup"] {
                point.counterGroup = try reader.integer(node, "counterGroup", 1...4)
            }
            if let node = members["periodic"] { point.periodic = try reader.integer(node, "periodic", 1...86_400) }
            if let node = members["background"] {
                point.background = try reader.integer(node, "background", 1...86_400)
            }
            if let node = members["deadband"] { point.deadband = try reader.number(node, "deadband") }
            for address in addresses {
                point.objectAddress = address
                guard seen.insert(point.address).inserted else {
                    throw reader.fault(item, "the point \(commonAddress)/\(address) is there twice")
                }
                points.append(point)
            }
        }
    }

    private mutating func readCommands(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) {
        for item in try reader.items(node, of: "commands") {
            let members = try reader.members(
                item, of: "a command",
                keys: [
                    "ca", "ioa", "type", "operation", "refused", "fails", "confirmation", "duration", "returns",
                    "maximum",
                ])
            let (commonAddress, addresses, type) = try Self.identity(item, members, reader)
            guard (45...51).contains(type.rawValue) else {
                throw reader.fault(members["type"], "\(type) is no command")
            }
            for address in addresses {
                var command = ProfileCommand(commonAddress, address, type)
                if let node = members["operation"] {
                    guard let operation = ProfileCommand.Operation(rawValue: try reader.text(node, "operation")) else {
                        throw reader.fault(node, "operation must be direct or select")
                    }
                    command.operation = operation
                }
                if let node = members["confirmation"] {
                    let confirmation = try reader.text(node, "confirmation")
                    guard ["station", "process"].contains(confirmation) else {
                        throw reader.fault(node, "confirmation must be station or process")
                    }
                    command.isConfirmedByProcess = confirmation == "process"
                }
                if let node = members["refused"] { command.isRefused = try reader.bool(node, "refused") }
                if let node = members["fails"] { command.fails = try reader.bool(node, "fails") }
                if let node = members["duration"] { command.duration = try reader.number(node, "duration") }
                if let node = members["returns"] {
                    command.returns = try reader.integer(node, "returns", 0...16_777_215)
                }
                if let node = members["maximum"] {
                    command.maximum = try reader.number(node, "maximum", atLeast: -.greatestFiniteMagnitude)
                }
                commands.append(command)
            }
        }
    }

    private mutating func readFree(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) {
        let members = try reader.members(node, of: "free", keys: ["ca", "ioa"])
        if let node = members["ca"] {
            let address = try reader.integer(node, "ca", 1...65_534)
            guard !commonAddresses.contains(address) else {
                throw reader.fault(node, "common address \(address) isn't free: it has points or commands")
            }
            freeCommonAddress = address
        }
        if let node = members["ioa"] {
            let address = try reader.integer(node, "ioa", 1...16_777_215)
            let known = points.map(\.objectAddress) + commands.map(\.objectAddress)
            guard !known.contains(address) else {
                throw reader.fault(node, "object address \(address) isn't free: it is a point or command")
            }
            freeObjectAddress = address
        }
    }

    private mutating func readChoices(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) {
        guard let mapping = node.mapping else { throw reader.fault(node, "choices must be a mapping") }
        for (key, value) in mapping {
            let id = try reader.text(key, "a case id")
            let answer = try reader.text(value, "an answer")
            guard let one = Catalogue.find(id) else { throw reader.fault(key, "there is no case \"\(id)\"") }
            guard !one.answers.isEmpty else { throw reader.fault(key, "\(id) leaves nothing to choose") }
            guard let known = one.declaration(answer) else {
                throw reader.fault(
                    value,
                    "\(id) knows no answer \"\(answer)\"; known, several of them too: "
                        + one.answers.joined(separator: ", "))
            }
            choices[id] = known
        }
    }

    /// Common address, object addresses and type of a point or command.
    private static func identity(
        _ item: Node, _ members: [String: Node], _ reader: YAMLReader
    ) throws(ProfileFault) -> (Int, ClosedRange<Int>, TypeIdentification) {
        guard let ca = members["ca"], let ioa = members["ioa"], let typeNode = members["type"] else {
            throw reader.fault(item, "ca, ioa and type are required")
        }
        let commonAddress = try reader.integer(ca, "ca", 0...65_534)
        let text = try reader.text(typeNode, "type")
        let type = UInt8(text).map { TypeIdentification(rawValue: $0) } ?? TypeIdentification(mnemonic: text)
        guard let type, type.isDefined else { throw reader.fault(typeNode, "unknown type \"\(text)\"") }
        let ends = try reader.text(ioa, "ioa").replacing("...", with: " ").split(separator: " ").map { Int($0) }
        guard (1...2).contains(ends.count), let first = ends.first ?? nil, let last = ends.last ?? nil,
            first <= last, (0...16_777_215).contains(first), last <= 16_777_215, last - first < 100_000
        else { throw reader.fault(ioa, "ioa must be a number in 0...16777215, or first...last") }
        return (commonAddress, first...last, type)
    }
}

extension LinkProfile {
    init(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) {
        let members = try reader.members(node, of: "link", keys: ["t1", "t2", "t3", "k", "w"])
        func value(_ key: String, _ range: ClosedRange<Int>) throws(ProfileFault) -> Int {
            guard let node = members[key] else { throw reader.fault(node, "\(key) is missing in link") }
            return try reader.integer(node, key, range)
        }
        t1 = try value("t1", 1...255)
        t2 = try value("t2", 1...255)
        t3 = try value("t3", 1...172_800)
        k = try value("k", 1...32_767)
        w = try value("w", 1...32_767)
    }
}

extension ProbePace {
    init(_ node: Node, _ reader: YAMLReader) throws(ProfileFault) {
        let members = try reader.members(
            node, of: "pace", keys: ["prompt", "silence", "early", "late", "interrogation"])
        func value(_ key: String, _ value: inout Duration) throws(ProfileFault) {
            if let node = members[key] { value = .seconds(try reader.number(node, key)) }
        }
        self.init()
        try value("prompt", &prompt)
        try value("silence", &silence)
        try value("early", &early)
        try value("late", &late)
        try value("interrogation", &interrogation)
    }
}
