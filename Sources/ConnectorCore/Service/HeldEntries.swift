import DataStore

/// Stream entries that wait until it is known which documents were stored before them, and these are in force: from the
/// first one on that is about a point which isn't mapped yet, for those documents may map it.
struct HeldEntries {
    /// As many may wait, and as long, in octets. With more, the documents in force are the ones that count.
    private static let maximumCount = 10_000
    private static let maximumSize = 16 << 20

    /// True from when documents have been found until they are in force.
    private(set) var areDocumentsExpected = false
    private var entries: [StreamEntry] = []
    private var size = 0

    var isEmpty: Bool { entries.isEmpty }

    var count: Int { entries.count }

    mutating func expectDocuments() {
        areDocumentsExpected = true
    }

    /// - Returns: false, and takes none, if there is no room for them.
    mutating func hold(_ more: ArraySlice<StreamEntry>) -> Bool {
        let added = more.reduce(0) { $0 + $1.fields.reduce(0) { $0 + $1.value.readableBytes } }
        guard entries.count + more.count <= Self.maximumCount, size + added <= Self.maximumSize else { return false }
        entries += more
        size += added
        return true
    }

    /// Holds nothing back any more, and gives what was.
    mutating func release() -> [StreamEntry] {
        defer { self = HeldEntries() }
        return entries
    }
}
