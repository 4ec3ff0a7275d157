import NIOCore

/// A JSON value that remembers where it stood, for documents whose faults people have to find.
package struct JSONValue {
    /// A member of an object.
    package struct Member {
        package let name: String
        let nameOffset: Int
        package let value: JSONValue
    }

    package enum Content {
        case object([Member])
        case array([JSONValue])
        case string(String)
        case number(Double)
        case bool(Bool)
        case null
    }

    package let content: Content
    /// Octets from the beginning of the text.
    let offset: Int

    /// Reads a whole text.
    package init(_ text: ByteBuffer) throws(JSONFault) {
        let result = text.withUnsafeReadableBytes { octets -> Result<JSONValue, JSONFault> in
            var scanner = JSONScanner(octets)
            do throws(JSONFault) {
                let value = try JSONValue(&scanner, depth: 0)
                try scanner.finish()
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    private init(_ scanner: inout JSONScanner, depth: Int) throws(JSONFault) {
        guard depth < JSONScanner.maximumDepth else {
            throw scanner.fault("nested more than \(JSONScanner.maximumDepth) deep")
        }
        let kind = try scanner.kind()
        offset = scanner.offset
        switch kind {
        case .object:
            var members: [Member] = []
            try scanner.object { (scanner, name, nameOffset) throws(JSONFault) in
                let value = try JSONValue(&scanner, depth: depth + 1)
                members.append(Member(name: name, nameOffset: nameOffset, value: value))
            }
            content = .object(members)
        case .array:
            var elements: [JSONValue] = []
            try scanner.array { scanner throws(JSONFault) in
                elements.append(try JSONValue(&scanner, depth: depth + 1))
            }
            content = .array(elements)
        case .string: content = .string(try scanner.string())
        case .number: content = .number(try scanner.number())
        case .bool: content = .bool(try scanner.bool())
        case .null:
            try scanner.null()
            content = .null
        }
    }

    /// What a fault calls the value: its kind, and the value itself where it is short.
    var shown: String {
        switch content {
        case .object: "an object"
        case .array: "an array"
        case .string(let text): "\"\(text.prefix(40))\""
        case .number(let number): number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
        case .bool(let bool): "\(bool)"
        case .null: "null"
        }
    }
}
