import DataStore

/// What one source says: command line, environment or file.
package struct SettingsLayer: Sendable {
    /// Texts as given; one for all but lists.
    private var values: [SettingName: [String]] = [:]
    /// Names the place of a value in an error.
    private let place: @Sendable (SettingName) -> String

    package init(place: @escaping @Sendable (SettingName) -> String) {
        self.place = place
    }

    /// The command line.
    package static func commandLine() -> SettingsLayer { SettingsLayer { $0.flag } }

    /// The environment; empty variables count as not set.
    package static func environment(_ variables: [String: String]) -> SettingsLayer {
        var layer = SettingsLayer { "environment variable \($0.environment)" }
        for name in SettingName.allCases {
            guard let text = variables[name.environment], !text.isEmpty else { continue }
            if case .list = name.form {
                layer.values[name] = text.split(separator: ",").map { $0.trimmingSpaces() }
            } else {
                layer.values[name] = [text]
            }
        }
        return layer
    }

    package subscript(name: SettingName) -> [String] {
        get { values[name] ?? [] }
        set { values[name] = newValue.isEmpty ? nil : newValue }
    }

    /// An empty text counts as none.
    func text(_ name: SettingName) -> String? {
        values[name]?.first.flatMap { $0.isEmpty ? nil : $0 }
    }

    func fault(_ name: SettingName, _ message: String) -> SettingsFault {
        SettingsFault("\(place(name)): \(message)")
    }

    func integer(_ name: SettingName) throws(SettingsFault) -> Int? {
        guard let text = text(name) else { return nil }
        guard case .integer(let range) = name.form else { return nil }
        guard let number = Int(text), range ~= number else {
            throw fault(name, "a whole number \(range.lowerBound)...\(range.upperBound) is expected, not \"\(text)\"")
        }
        return number
    }

    func flag(_ name: SettingName) throws(SettingsFault) -> Bool? {
        guard let text = text(name) else { return nil }
        switch text.lowercased() {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw fault(name, "true or false is expected, not \"\(text)\"")
        }
    }

    /// `host`, `host:port`, `[::1]` or `[::1]:port`.
    func hostAndPort(_ text: String, of name: SettingName) throws(SettingsFault) -> (host: String, port: Int?) {
        guard !text.contains("/"), !text.contains("@") else {
            // It may hold a password, so it isn't shown.
            throw fault(name, "HOST or HOST:PORT is expected, not a URL")
        }
        var host = Substring(text)
        var port: Substring?
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { throw fault(name, "\"\(text)\" is no HOST:PORT") }
            host = text[text.index(after: text.startIndex)..<close]
            let rest = text[text.index(after: close)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { throw fault(name, "\"\(text)\" is no HOST:PORT") }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        guard !host.isEmpty else { throw fault(name, "the host is missing in \"\(text)\"") }
        guard let port else { return (String(host), nil) }
        guard port.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let number = Int(port),
            1...65_535 ~= number
        else {
            throw fault(name, "the port in \"\(text)\" must be a number 1...65535")
        }
        return (String(host), number)
    }

    func endpoint(_ text: String, of name: SettingName) throws(SettingsFault) -> StoreConfiguration.Endpoint {
        let (host, port) = try hostAndPort(text, of: name)
        guard let port else { throw fault(name, "HOST:PORT is expected, not \"\(text)\"") }
        return StoreConfiguration.Endpoint(host: host, port: port)
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension SettingsLayer: CustomStringConvertible, CustomReflectable {
    /// The parameters that are set; a password shows as `***`.
    private var shown: [(name: String, text: String)] {
        SettingName.allCases.compactMap { name in
            values[name].map { (name.rawValue, name == .pwd ? "***" : $0.joined(separator: ",")) }
        }
    }

    package var description: String {
        shown.map { "\($0.name)=\($0.text)" }.joined(separator: " ")
    }

    package var customMirror: Mirror {
        Mirror(self, children: shown.map { (label: $0.name, value: $0.text) }, displayStyle: .struct)
    }
}
