import IEC104Model
import Presentation
import Yams

/// The members of a mapping, all of whose keys are known.
struct Fields {
    let node: Node
    let text: NodeText
    private var members: [String: Node] = [:]

    /// - Parameters:
    ///   - what: what the mapping is, for the fault.
    ///   - keys: those there may be.
    init(_ node: Node, _ text: NodeText, what: String, keys: [String]) throws(ScenarioFault) {
        self.node = node
        self.text = text
        guard let mapping = node.mapping else {
            throw text.fault(node, "\(what) must be a mapping of \(keys.joined(separator: ", "))")
        }
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            guard keys.contains(name) else {
                throw text.fault(key, "unknown key \"\(name)\" in \(what)\(NearestWord.hint(for: name, among: keys))")
            }
            members[name] = value
        }
    }

    /// The node of a key; nil if it isn't given.
    subscript(_ key: String) -> Node? { members[key] }

    /// The node of a key.
    func required(_ key: String) throws(ScenarioFault) -> Node {
        guard let value = members[key] else { throw text.fault(node, "\"\(key)\" is missing") }
        return value
    }

    func string(_ key: String) throws(ScenarioFault) -> String? {
        guard let node = members[key] else { return nil }
        return try text.text(node, key)
    }

    func integer(_ key: String, _ range: ClosedRange<Int>) throws(ScenarioFault) -> Int? {
        guard let node = members[key] else { return nil }
        return try text.integer(node, key, range)
    }

    func duration(_ key: String) throws(ScenarioFault) -> Duration? {
        guard let node = members[key] else { return nil }
        return try text.duration(node, key)
    }

    func flag(_ key: String) throws(ScenarioFault) -> Bool? {
        guard let node = members[key] else { return nil }
        return try text.word(node, key, ["true": true, "false": false, "yes": true, "no": false])
    }

    // MARK: Words of the standard

    /// A number or standard name.
    func type(_ key: String = "type") throws(ScenarioFault) -> TypeIdentification? {
        guard let node = members[key] else { return nil }
        let name = try text.text(node, key)
        if let type = UInt8(name).map(TypeIdentification.init) ?? TypeIdentification(mnemonic: name) { return type }
        let names = (0...UInt8.max).compactMap { TypeIdentification(rawValue: $0).mnemonic }
        throw text.fault(node, "unknown type \"\(name)\"\(NearestWord.hint(for: name, among: names))")
    }

    /// A number or name.
    func cause(_ key: String = "cause") throws(ScenarioFault) -> CauseOfTransmission? {
        guard let node = members[key] else { return nil }
        let name = try text.text(node, key)
        let number = UInt8(name).flatMap { $0 < 64 ? CauseOfTransmission(rawValue: $0) : nil }
        if let cause = number ?? CauseOfTransmission(name: name) { return cause }
        let names = (0..<64).compactMap { CauseOfTransmission(rawValue: $0).name }
        throw text.fault(node, "unknown cause \"\(name)\"\(NearestWord.hint(for: name, among: names))")
    }

    func commonAddress(_ key: String = "ca") throws(ScenarioFault) -> CommonAddress? {
        guard let node = members[key] else { return nil }
        return try text.value(node, key, "a common address, 0...65535,") { text in
            UInt16(text).map { CommonAddress(rawValue: $0) }
        }
    }

    func objectAddress(_ key: String = "ioa") throws(ScenarioFault) -> InformationObjectAddress? {
        guard let node = members[key] else { return nil }
        return try text.value(node, key, "an information object address, 0...16777215,") { text in
            UInt32(text).flatMap(InformationObjectAddress.init(rawValue:))
        }
    }

    /// A list of abbreviations; an empty one is a good quality.
    func quality(_ key: String = "quality") throws(ScenarioFault) -> QualityDescriptor? {
        guard let node = members[key] else { return nil }
        guard let items = node.sequence else {
            throw text.fault(node, "\(key) must be a list such as [] or [IV, NT]")
        }
        var quality = QualityDescriptor.good
        for item in items {
            quality.insert(
                try text.value(item, key, "IV, NT, SB, BL, EI or OV", QualityDescriptor.init(abbreviation:)))
        }
        return quality
    }

    /// Whole numbers that count up, `1...500`; at most a hundred thousand.
    func values(_ key: String = "values") throws(ScenarioFault) -> ClosedRange<Int>? {
        guard let node = members[key] else { return nil }
        return try text.value(node, key, "a range such as 1...500, of at most 100000 numbers,") { text in
            guard let dots = text.firstRange(of: "..."), let first = Int32(text[..<dots.lowerBound]),
                let last = Int32(text[dots.upperBound...]), first <= last, Int(last) - Int(first) < 100_000
            else { return nil }
            return Int(first)...Int(last)
        }
    }
}
