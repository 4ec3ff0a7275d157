/// Finds what somebody probably meant.
package enum NearestWord {
    /// What is longer resembles no word.
    private static let maximumLength = 64

    /// `; did you mean "startdt"?`, or else the words there are.
    package static func hint(for text: String, among words: some Sequence<String>) -> String {
        let words = Array(words)
        guard let nearest = nearest(to: text, among: words) else {
            return "; known: \(words.joined(separator: ", "))"
        }
        return "; did you mean \"\(nearest)\"?"
    }

    /// The word with the smallest edit distance, if that is at most half of the longer one's length, or one.
    package static func nearest(to text: String, among words: [String]) -> String? {
        guard (1...maximumLength).contains(text.count) else { return nil }
        let best = words.map { (word: $0, distance: distance(text.lowercased(), $0.lowercased())) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, max(text.count, best.word.count) / 2) else { return nil }
        return best.word
    }

    private static func distance(_ one: String, _ other: String) -> Int {
        let right = Array(other)
        var row = Array(0...right.count)
        for (index, character) in one.enumerated() {
            var next = [index + 1]
            for (column, (before, above)) in zip(row, row.dropFirst()).enumerated() {
                let substituted = before + (right[column] == character ? 0 : 1)
                next.append(min(substituted, above + 1, (next.last ?? 0) + 1))
            }
            row = next
        }
        return row.last ?? 0
    }
}
