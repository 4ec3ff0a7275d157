/// Which cases to run: ids with `*` and `?`, separated by commas: `LNK-*,GI-16`.
package struct CasePattern: Sendable {
    private let patterns: [[Character]]

    /// - Returns: nil if there is no pattern in the text.
    package init?(_ text: String) {
        patterns = text.split(separator: ",").map { Array($0.uppercased().filter { !$0.isWhitespace }) }
        if patterns.isEmpty || patterns.contains(where: \.isEmpty) { return nil }
    }

    package func matches(_ id: String) -> Bool {
        let id = Array(id)
        return patterns.contains { Self.matches($0[...], id[...]) }
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return matches(pattern.dropFirst(), text) || (!text.isEmpty && matches(pattern, text.dropFirst()))
        }
        guard let letter = text.first, first == "?" || first == letter else { return false }
        return matches(pattern.dropFirst(), text.dropFirst())
    }
}
