/// Finds what somebody probably meant.
enum NearestName {
    /// What is longer resembles no name, and nothing doesn't either.
    private static let maximumLength = 64

    /// `; did you mean "port"?`, or nothing if no name is near.
    static func hint(for name: String, among names: [String]) -> String {
        guard let nearest = nearest(to: name, among: names) else { return "" }
        return "; did you mean \"\(nearest)\"?"
    }

    /// The name with the smallest edit distance, if that is at most half the length of the longer name, or one.
    static func nearest(to name: String, among names: [String]) -> String? {
        guard 1...maximumLength ~= name.utf8.count else { return nil }
        let lowercased = name.lowercased()
        let best = names.map { (name: $0, distance: distance(lowercased, $0.lowercased())) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, max(name.count, best.name.count) / 2) else { return nil }
        return best.name
    }

    private static func distance(_ one: String, _ other: String) -> Int {
        let (left, right) = (Array(one.utf8), Array(other.utf8))
        var row = Array(0...right.count)
        for (index, octet) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let substituted = diagonal + (octet == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(substituted, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
