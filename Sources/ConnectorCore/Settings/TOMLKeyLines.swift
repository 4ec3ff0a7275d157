/// The lines that keys of a TOML text stand on, as the parser doesn't tell them.
struct TOMLKeyLines: Sendable {
    private var lines: [String: Int] = [:]

    /// Looks at the beginning of each line only: enough for a file of single-line keys and tables.
    init(_ text: String) {
        var table = ""
        // To Swift, a carriage return and a line feed are one character.
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        for (index, line) in lines.enumerated() {
            let bare = line.drop { $0 == " " || $0 == "\t" }
            if bare.hasPrefix("[") {
                let name = Self.key(bare.drop { $0 == "[" }, before: "]")
                note(name, index + 1)
                table = name + "."
            } else if !bare.hasPrefix("#"), bare.contains("=") {
                note(table + Self.key(bare, before: "="), index + 1)
            }
        }
    }

    /// A key without quotes and blanks, up to `end`.
    private static func key(_ text: Substring, before end: Character) -> String {
        var key = ""
        var quote: Character?
        for character in text {
            if character == quote {
                quote = nil
            } else if quote != nil {
                key.append(character)
            } else if character == end {
                break
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character != " ", character != "\t" {
                key.append(character)
            }
        }
        return key
    }

    /// Notes a key and the tables it makes.
    private mutating func note(_ path: String, _ line: Int) {
        for end in path.indices.filter({ path[$0] == "." }) + [path.endIndex] where lines[String(path[..<end])] == nil {
            lines[String(path[..<end])] = line
        }
    }

    /// True if the key is on the line.
    func isKey(_ path: String, on line: Int) -> Bool { lines[path] == line }

    /// The line of a dotted key, or of the table it is in; 1 if neither can be found.
    func line(of path: String) -> Int {
        var path = path[...]
        while lines[String(path)] == nil, let dot = path.lastIndex(of: ".") { path = path[..<dot] }
        return lines[String(path)] ?? 1
    }
}
