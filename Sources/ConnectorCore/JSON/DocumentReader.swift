import NIOCore

/// Reads a document field by field and collects everything that is wrong with it, instead of stopping at the first.
final class DocumentReader {
    private(set) var faults: [DocumentFault] = []
    private let text: ByteBuffer
    private lazy var lineStarts = text.withUnsafeReadableBytes { TextPosition.lineStarts(in: $0) }
    private let unknownFields: DocumentFault.Severity

    /// - Parameter unknownFields: how bad a field is that nobody knows.
    init(_ text: ByteBuffer, unknownFields: DocumentFault.Severity) {
        self.text = text
        self.unknownFields = unknownFields
    }

    var hasErrors: Bool { faults.contains { $0.severity == .error } }

    func error(_ message: String, at path: String, _ offset: Int) {
        note(.error, message, at: path, offset)
    }

    func warning(_ message: String, at path: String, _ offset: Int) {
        note(.warning, message, at: path, offset)
    }

    private func note(_ severity: DocumentFault.Severity, _ message: String, at path: String, _ offset: Int) {
        let position = TextPosition(offset: offset, lineStarts: lineStarts)
        faults.append(DocumentFault(severity: severity, path: path, message: message, position: position))
    }

    /// The document's outermost object; nil, with a fault noted, if there is none.
    func root() -> ObjectReader? {
        guard text.readableBytesView.contains(where: { $0 > 0x20 }) else {
            error("the document is empty", at: "", 0)
            return nil
        }
        do throws(JSONFault) {
            return object(try JSONValue(text), at: "")
        } catch {
            self.error("not JSON: \(error.message)", at: "", error.offset)
            return nil
        }
    }

    /// An object as fields to take; nil, with a fault noted, for another kind of value.
    func object(_ value: JSONValue, at path: String) -> ObjectReader? {
        guard case .object(let members) = value.content else {
            error("an object is expected, not \(value.shown)", at: path, value.offset)
            return nil
        }
        return ObjectReader(self, members, path: path, offset: value.offset)
    }

    fileprivate func unknown(_ member: JSONValue.Member, at path: String, known: [String]) {
        let hint = NearestName.hint(for: member.name, among: known)
        note(unknownFields, "unknown field\(hint)", at: path, member.nameOffset)
    }
}

/// The fields of an object, taken one after the other; what is left at the end is unknown.
struct ObjectReader {
    private let document: DocumentReader
    private var members: [String: JSONValue.Member] = [:]
    private var known: [String] = []
    /// How many of `known` are there.
    private var taken = 0
    let path: String
    let offset: Int

    init(_ document: DocumentReader, _ members: [JSONValue.Member], path: String, offset: Int) {
        self.document = document
        self.path = path
        self.offset = offset
        for member in members where self.members.updateValue(member, forKey: member.name) != nil {
            document.error("the field is there twice", at: self.path(to: member.name), member.nameOffset)
        }
    }

    func path(to name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// True if the field is there, whatever it holds.
    func has(_ name: String) -> Bool { members[name] != nil }

    /// Where the value of a field stands; where the object does if it isn't there.
    func offset(of name: String) -> Int { members[name]?.value.offset ?? offset }

    /// Takes a field; nil if it isn't there.
    mutating func take(_ name: String) -> JSONValue? {
        known.append(name)
        guard let member = members[name] else { return nil }
        taken += 1
        return member.value
    }

    mutating func object(_ name: String) -> ObjectReader? {
        take(name).flatMap { document.object($0, at: path(to: name)) }
    }

    mutating func array(_ name: String) -> [JSONValue]? {
        guard let value = take(name) else { return nil }
        if case .array(let elements) = value.content { return elements }
        return mismatch("an array", value, name)
    }

    mutating func string(_ name: String) -> (text: String, offset: Int)? {
        guard let value = take(name) else { return nil }
        if case .string(let text) = value.content { return (text, value.offset) }
        return mismatch("a text", value, name)
    }

    mutating func bool(_ name: String) -> Bool? {
        guard let value = take(name) else { return nil }
        if case .bool(let bool) = value.content { return bool }
        return mismatch("true or false", value, name)
    }

    /// A whole number in a range.
    mutating func integer(_ name: String, in range: ClosedRange<Int>, unit: String = "") -> Int? {
        guard let value = take(name) else { return nil }
        let expected = "a whole number \(range.lowerBound)...\(range.upperBound)\(unit.isEmpty ? "" : " " + unit)"
        guard case .number(let number) = value.content, let integer = Int(exactly: number), range ~= integer else {
            return mismatch(expected, value, name)
        }
        return integer
    }

    mutating func number(_ name: String) -> Double? {
        guard let value = take(name) else { return nil }
        if case .number(let number) = value.content, number.isFinite { return number }
        return mismatch("a number", value, name)
    }

    func mismatch<Value>(_ expected: String, _ value: JSONValue, _ name: String) -> Value? {
        document.error("\(expected) is expected, not \(value.shown)", at: path(to: name), value.offset)
        return nil
    }

    /// Reports what nobody has taken.
    func finish() {
        guard taken < members.count else { return }
        let left = members.values.filter { !known.contains($0.name) }
        for member in left.sorted(by: { $0.nameOffset < $1.nameOffset }) {
            document.unknown(member, at: path(to: member.name), known: known)
        }
    }
}
