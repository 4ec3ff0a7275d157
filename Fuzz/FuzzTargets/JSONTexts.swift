import ConnectorCore
import NIOCore

/// A text that is read is read the same way when it is written again.
func fuzzJSON(_ octets: UnsafeRawBufferPointer) {
    let text = ByteBuffer(bytes: octets)
    let value: JSONValue
    do throws(JSONFault) {
        value = try JSONValue(text)
    } catch {
        require((0...text.readableBytes).contains(error.offset), "a fault at \(error.offset) of \(text.readableBytes)")
        require(!error.message.isEmpty, "a fault without words")
        return
    }
    let again = ByteBuffer(string: written(value))
    do throws(JSONFault) {
        require(isSame(try JSONValue(again), value), "another value is read from \(String(buffer: again))")
    } catch {
        violated("\(error) in \(String(buffer: again))")
    }
    guard isShallow(value, JSONScanner.maximumDepth - 1) else { return }
    var embedded = JSONText()
    embedded.object { $0.rawField("it", json: String(buffer: text)) }
    guard let outer = try? JSONValue(embedded.octets), case .object(let members) = outer.content, members.count == 1,
        isSame(members[0].value, value)
    else { violated("what was read is embedded as something else: \(String(buffer: embedded.octets))") }
}

/// False for what has no room for another level.
private func isShallow(_ value: JSONValue, _ depth: Int) -> Bool {
    guard depth > 0 else { return false }
    return switch value.content {
    case .object(let members): members.allSatisfy { isShallow($0.value, depth - 1) }
    case .array(let elements): elements.allSatisfy { isShallow($0, depth - 1) }
    default: true
    }
}

/// Strings, numbers and names are written by the program's own writer, what holds them together is put around them.
private func written(_ value: JSONValue) -> String {
    switch value.content {
    case .object(let members):
        "{" + members.map { "\(written($0.name)):\(written($0.value))" }.joined(separator: ",") + "}"
    case .array(let elements): "[" + elements.map { written($0) }.joined(separator: ",") + "]"
    case .string(let text): written(text)
    case .number(let number): field { $0.field("", number) }
    case .bool(let bool): field { $0.field("", bool) }
    case .null: "null"
    }
}

private func written(_ string: String) -> String { field { $0.field("", string) } }

/// The text of a value, cut out of that of a member without name.
private func field(_ body: (inout JSONText) -> Void) -> String {
    var text = JSONText()
    text.object(body)
    return String(String(buffer: text.octets).unicodeScalars.dropFirst(4).dropLast())
}

private func isSame(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left.content, right.content) {
    case (.object(let left), .object(let right)):
        left.elementsEqual(right) { isSameText($0.name, $1.name) && isSame($0.value, $1.value) }
    case (.array(let left), .array(let right)): left.elementsEqual(right, by: isSame)
    case (.string(let left), .string(let right)): isSameText(left, right)
    case (.number(let left), .number(let right)): left == right
    case (.null, .number(let right)): !right.isFinite
    case (.bool(let left), .bool(let right)): left == right
    case (.null, .null): true
    default: false
    }
}

/// Octet for octet: strings that look the same are equal in Swift.
private func isSameText(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
