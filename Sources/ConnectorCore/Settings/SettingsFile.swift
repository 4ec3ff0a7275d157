import TOMLKit

/// Parameters in a TOML file.
package enum SettingsFile {
    /// Reads the text of a file.
    ///
    /// - Parameter name: the file's name, for errors.
    /// - Throws: `SettingsFault` naming file, line and key.
    package static func layer(_ text: String, name: String) throws(SettingsFault) -> SettingsLayer {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let line = error.source.begin.line
            // The parser quotes what it has met, which may be a part of the password.
            let isSecret = TOMLKeyLines(text).isKey(SettingName.pwd.tomlPath, on: line)
            let reason = isSecret ? "the value can't be read; is it in quotes?" : error.description
            throw SettingsFault("\(name):\(line): not TOML: \(reason)")
        } catch {
            throw SettingsFault("\(name): not TOML: \(error)")
        }
        let lines = TOMLKeyLines(text)
        var layer = SettingsLayer { "\(name):\(lines.line(of: $0.tomlPath)): \($0.tomlPath)" }
        try read(table, isOfStore: false, name: name, lines: lines, into: &layer)
        return layer
    }

    private static func read(
        _ table: TOMLTable, isOfStore: Bool, name: String, lines: TOMLKeyLines, into layer: inout SettingsLayer
    ) throws(SettingsFault) {
        for key in table.keys {
            let path = isOfStore ? "redis.\(key)" : key
            guard let value = table[key] else { continue }
            if !isOfStore, key == "redis" {
                guard let inner = value.table else {
                    throw SettingsFault("\(name):\(lines.line(of: path)): redis: a table [redis] is expected")
                }
                try read(inner, isOfStore: true, name: name, lines: lines, into: &layer)
                continue
            }
            guard let setting = SettingName(rawValue: key), setting.isOfStore == isOfStore else {
                // A key in the wrong table is the commonest slip.
                let meant = SettingName(rawValue: key).map { "; did you mean \"\($0.tomlPath)\"?" }
                let hint = meant ?? NearestName.hint(for: path, among: SettingName.allCases.map(\.tomlPath))
                throw SettingsFault("\(name):\(lines.line(of: path)): unknown key \(path)\(hint)")
            }
            guard let texts = texts(value, form: setting.form) else {
                throw layer.fault(setting, "\(setting.form.expected) is expected, not \(article(value.type))")
            }
            layer[setting] = texts
        }
    }

    private static func texts(_ value: any TOMLValueConvertible, form: SettingName.Form) -> [String]? {
        switch form {
        case .text: value.string.map { [$0] }
        case .integer: value.int.map { [String($0)] }
        case .flag: value.bool.map { [String($0)] }
        case .list:
            value.array.flatMap { array in
                let texts = array.compactMap(\.string)
                return texts.count == array.count ? texts : nil
            }
        }
    }

    private static func article(_ type: TOMLType) -> String {
        "aeiou".contains(type.description.first ?? " ") ? "an \(type)" : "a \(type)"
    }

    /// A commented file with every parameter. Those with a default are set to it, the others are commented out.
    package static var template: String {
        var text = """
            # Start-up parameters of iec104-connector.
            #
            # Command line and environment take precedence over this file. What the connector serves (address, timers,
            # points) is not set here but in the store: connectors:{ID}:config and connectors:{ID}:mapping.

            """
        func add(_ setting: SettingName) {
            text += "\n# \(setting.help).\n# Flag \(setting.flag), environment \(setting.environment).\n"
            text +=
                setting.defaultValue.map { "\(setting.rawValue) = \($0)\n" }
                ?? "#\(setting.rawValue) = \(setting.example)\n"
        }
        for setting in SettingName.allCases where !setting.isOfStore { add(setting) }
        text += "\n[redis]\n"
        for setting in SettingName.allCases where setting.isOfStore { add(setting) }
        return text
    }
}

extension SettingName.Form {
    fileprivate var expected: String {
        switch self {
        case .text: "a string"
        case .integer(let range): "a whole number \(range.lowerBound)...\(range.upperBound)"
        case .flag: "true or false"
        case .list: "an array of strings"
        }
    }
}
