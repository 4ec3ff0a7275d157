/// Writes one JSON object on one line, its members in the order they are added.
package struct JSONObject {
    private var text = ""

    /// An object without members.
    package init() {}

    /// The object, `{"name":value}`.
    package var line: String { "{\(text)}" }

    /// Adds a member.
    package mutating func add(_ name: String, _ value: Scalar) {
        begin(name)
        text += Self.encoded(value)
    }

    /// Adds a list of texts.
    package mutating func add(_ name: String, _ list: [String]) {
        begin(name)
        text += "[\(list.map { Self.quoted($0) }.joined(separator: ","))]"
    }

    /// Adds a list of numbers.
    package mutating func add(_ name: String, numbers list: [Int]) {
        begin(name)
        text += "[\(list.map(String.init).joined(separator: ","))]"
    }

    /// Adds an object.
    package mutating func add(_ name: String, _ object: JSONObject) {
        begin(name)
        text += object.line
    }

    /// Adds a list of objects.
    package mutating func add(_ name: String, _ list: [JSONObject]) {
        begin(name)
        text += "[\(list.map(\.line).joined(separator: ","))]"
    }

    private mutating func begin(_ name: String) {
        if !text.isEmpty { text += "," }
        text += Self.quoted(name) + ":"
    }

    /// JSON has no word for what isn't a number: it becomes the text `"NaN"`, `"Infinity"` or `"-Infinity"`.
    static func encoded(_ value: Scalar) -> String {
        switch value {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .integer(let integer): String(integer)
        case .float(let float): float.isFinite ? float.description : nonFinite(Double(float))
        case .number(let number): number.isFinite ? number.description : nonFinite(number)
        case .text(let text): quoted(text)
        }
    }

    private static func nonFinite(_ number: Double) -> String {
        number.isNaN ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\""
    }

    static func quoted(_ text: String) -> String {
        // Nearly all texts have nothing to escape.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            return "\"" + text + "\""
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
