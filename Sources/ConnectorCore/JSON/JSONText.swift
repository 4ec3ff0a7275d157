import NIOCore

/// Writes JSON. Strings are escaped as RFC 8259 asks for, other than that as short as it gets.
package struct JSONText {
    package private(set) var octets = ByteBuffer()
    private var needsComma = false

    package init() {}

    /// An object, as a value or the whole text.
    package mutating func object(_ body: (inout JSONText) -> Void) {
        open("{")
        body(&self)
        close("}")
    }

    /// A member that is an object.
    package mutating func object(_ name: String, _ body: (inout JSONText) -> Void) {
        key(name)
        object(body)
    }

    /// A member that is an array of objects.
    package mutating func array<Element>(
        _ name: String, _ elements: some Sequence<Element>, _ body: (inout JSONText, Element) -> Void
    ) {
        key(name)
        array(elements, body)
    }

    /// An array of objects, as a value or the whole text.
    package mutating func array<Element>(
        _ elements: some Sequence<Element>, _ body: (inout JSONText, Element) -> Void
    ) {
        open("[")
        for element in elements { object { body(&$0, element) } }
        close("]")
    }

    package mutating func field(_ name: String, _ value: String) {
        key(name)
        string(value)
        needsComma = true
    }

    package mutating func field(_ name: String, _ value: some BinaryInteger) {
        raw(name, String(value))
    }

    package mutating func field(_ name: String, _ value: Bool) {
        raw(name, value ? "true" : "false")
    }

    /// A finite number in the shortest text that reads back as the same; null otherwise.
    package mutating func field(_ name: String, _ value: Double) {
        raw(name, value.isFinite ? "\(value)" : "null")
    }

    /// A finite number in the shortest text that reads back as the same; null otherwise.
    package mutating func field(_ name: String, _ value: Float) {
        raw(name, value.isFinite ? "\(value)" : "null")
    }

    package mutating func field(_ name: String, _ values: [String]) {
        key(name)
        open("[")
        for value in values {
            if needsComma { octets.writeString(",") }
            string(value)
            needsComma = true
        }
        close("]")
    }

    /// A member whose value is JSON already; null if it isn't.
    package mutating func rawField(_ name: String, json: String) {
        raw(name, (try? JSONValue(ByteBuffer(string: json))) == nil ? "null" : json)
    }

    private mutating func raw(_ name: String, _ text: String) {
        key(name)
        octets.writeString(text)
        needsComma = true
    }

    private mutating func open(_ bracket: String) {
        if needsComma { octets.writeString(",") }
        octets.writeString(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: String) {
        octets.writeString(bracket)
        needsComma = true
    }

    private mutating func key(_ name: String) {
        if needsComma { octets.writeString(",") }
        string(name)
        octets.writeString(":")
        needsComma = false
    }

    private mutating func string(_ text: String) {
        octets.writeString("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": octets.writeString("\\\"")
            case "\\": octets.writeString("\\\\")
            case "\n": octets.writeString("\\n")
            case "\r": octets.writeString("\\r")
            case "\t": octets.writeString("\\t")
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                octets.writeString("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: octets.writeString(String(scalar))
            }
        }
        octets.writeString("\"")
    }
}
