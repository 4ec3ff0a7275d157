/// The lines that keys of a TOML text stand on, as the parser doesn't tell them.
struct TOMLKeyLines: Sendable {
    private var lines: [String: Int] = [:]

    /// Looks at the beginning of each line only: enough for a file of single-line keys and tables.
    init(_ text: String) {
        var table = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let bare = line.filter { $0 != " " && $0 != "\t" && $0 != "\"" && $0 != "'" && $0 != "\r" }
            if bare.hasPrefix("["), let close = bare.firstIndex(of: "]") {
                let name = bare[bare.index(after: bare.startIndex)..<close]
                lines[String(name), default: index + 1] = index + 1
                table = name + "."
            } else if !bare.hasPrefix("#"), let equals = bare.firstIndex(of: "=") {
                lines[table + bare[..<equals]] = index + 1
            }
        }
    }

    /// The line of a dotted key, 1 if it can't be found.
    func line(of path: String) -> Int {
        lines[path] ?? 1
    }
}
