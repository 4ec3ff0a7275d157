/// A message of `__redis__:invalidate`: the keys that were written, or none if the whole database was flushed.
struct ChangeReport {
    private let changed: [PointKey]
    private let documents: Bool
    private let everything: Bool
    private let isFlush: Bool

    init(_ message: RESPValue, keys: StoreKeys) {
        guard let parts = message.elements, parts.count == 3, parts[1].string == FollowSession.channel else {
            (changed, documents, everything, isFlush) = ([], false, false, false)
            return
        }
        let names = parts[2].elements?.compactMap(\.string)
        // No names after FLUSHALL; some missing if there were more than is read.
        guard let names, names.count == parts[2].elements?.count else {
            (changed, documents, everything, isFlush) = ([], true, true, parts[2] == .null)
            return
        }
        changed = names.compactMap { PointKey(key: $0) }
        documents = names.contains { $0 == keys.configuration || $0 == keys.mapping }
        (everything, isFlush) = (false, false)
    }

    func apply(to changes: inout ChangeMailbox.Changes) {
        changes.keys.formUnion(changed)
        if documents { changes.documents = true }
        if everything { changes.everything = true }
        if isFlush { changes.isFlushed = true }
    }
}
