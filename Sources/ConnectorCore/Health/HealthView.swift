import NIOCore

/// The health hash as people and programs read it.
package struct HealthView: Sendable {
    private let id: String
    private let fields: [(name: String, value: String)]

    /// - Parameter fields: the hash, which keeps no order; empty if it doesn't exist.
    package init(id: String, fields: [(name: String, value: String)]) {
        self.id = id
        let places = Dictionary(uniqueKeysWithValues: HealthFields.names.enumerated().map { ($1, $0) })
        func place(_ name: String) -> (Int, String) { (places[name] ?? places.count, name) }
        self.fields = fields.sorted { place($0.name) < place($1.name) }
    }

    /// The value of a field.
    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    package var isRunning: Bool { self["state"] == ConnectorState.running.rawValue }

    /// One line a field; the connected clients follow, a line each.
    package var table: String {
        guard !fields.isEmpty else {
            return "connector \(id): no health in the store: it isn't running, or was never started"
        }
        let shown = [(name: "id", value: id)] + fields.filter { $0.name != "connections" && !$0.value.isEmpty }
        let width = shown.map(\.name.count).max() ?? 0
        var lines = shown.map { $0.name + String(repeating: " ", count: width - $0.name.count + 2) + $0.value }
        lines += clients
        return lines.joined(separator: "\n")
    }

    private var clients: [String] {
        guard let text = self["connections"], let value = try? JSONValue(ByteBuffer(string: text)),
            case .array(let elements) = value.content
        else { return [] }
        return elements.map { element in
            guard case .object(let members) = element.content else { return "" }
            func shown(_ name: String) -> String { members.first { $0.name == name }?.value.text ?? "?" }
            return "client  \(shown("address"))  \(shown("started") == "true" ? "started" : "stopped")  "
                + "\(shown("unacknowledged")) unacknowledged  \(shown("behind")) behind  since \(shown("since"))"
        }
    }

    /// One object; numbers as numbers, the connected clients as an array.
    package var json: String {
        var text = JSONText()
        text.object { object in
            object.field("id", id)
            for (name, value) in fields {
                if name == "connections" {
                    object.rawField(name, json: value)
                } else if let number = Int64(value) {
                    object.field(name, number)
                } else {
                    object.field(name, value)
                }
            }
            if fields.isEmpty { object.field("state", "unknown") }
        }
        return String(buffer: text.octets)
    }
}

extension JSONValue {
    /// A scalar as text.
    fileprivate var text: String {
        if case .string(let text) = content { text } else { shown }
    }
}
