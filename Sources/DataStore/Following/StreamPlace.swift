import DequeModule

/// Where the input stream is read on, and what is needed to notice that something is missing there.
struct StreamPlace: Sendable {
    /// Ids remembered, so that a server that comes back with somewhat less than it had is recognised: a replica that
    /// took over, or a file that wasn't written to the end.
    private static let maximumRecent = 4096

    let name: String
    /// Everything up to here has been delivered.
    private(set) var id: StreamID
    /// How many entries had ever been added when that was the newest one; nil if the server doesn't count.
    private(set) var added: Int?
    private var recent: Deque<StreamID> = []

    /// Begins at the end of a stream.
    init(name: String, info: StreamInfo) {
        self.name = name
        id = info.lastGenerated
        added = info.added
        if id != .zero { recent.append(id) }
    }

    /// The newest entries delivered; nil if there are none.
    var known: (stream: String, first: StreamID, last: StreamID, ids: Set<StreamID>)? {
        guard let first = recent.first else { return nil }
        return (name, first, id, Set(recent))
    }

    /// What was read after `common` isn't in the stream any more, but other entries may be: goes back to there.
    mutating func rejoin(at common: StreamID) {
        guard common != id else { return }
        while let last = recent.last, last > common { recent.removeLast() }
        // How many entries there had been at that place was counted for another stream.
        (id, added) = (common, nil)
    }

    /// Entries have been delivered.
    mutating func advance(_ entries: [StreamEntry]) {
        guard let last = entries.last else { return }
        id = last.id
        if let added { self.added = added + entries.count }
        recent.append(contentsOf: entries.lazy.suffix(Self.maximumRecent).map(\.id))
        if recent.count > Self.maximumRecent { recent.removeFirst(recent.count - Self.maximumRecent) }
    }

    /// Nothing is left to read: what was added meanwhile has been deleted one by one.
    mutating func caughtUp(with info: StreamInfo) {
        id = max(id, info.lastGenerated)
        if id == info.lastGenerated { added = info.added }
    }

    /// Compares the place with the stream as it is now, and moves it if the stream isn't what it was.
    ///
    /// - Parameter isLastThere: whether the entry at the place still exists; counts only where the server doesn't.
    /// - Returns: what is missing between the place and the first entry that is left.
    mutating func check(_ info: StreamInfo, isLastThere: Bool) -> StreamGap? {
        if info.lastGenerated < id { return wentBack(info) }
        if info.lastGenerated == id, let then = added, let now = info.added, now > then {
            // All that was ever added has been read or is gone, so that what wasn't counted was never seen.
            added = now
            return gap(info, missing: now - then)
        }
        guard info.lastGenerated > id, info.first.map({ $0 > id }) ?? true else { return nil }
        guard let then = added, let now = info.added else {
            return id == .zero || isLastThere ? nil : gap(info, missing: nil)
        }
        let missing = now - then - info.length
        if missing >= 0 {
            added = now - info.length
            return missing == 0 ? nil : gap(info, missing: missing)
        }
        // Fewer were ever added than we know of: it is another stream of that name.
        let restarted = gap(info, isRestarted: true)
        added = now - info.length
        recent.removeAll()
        return restarted
    }

    private mutating func wentBack(_ info: StreamInfo) -> StreamGap? {
        if let index = recent.lastIndex(of: info.lastGenerated) {
            recent.removeLast(recent.count - 1 - index)
            (id, added) = (info.lastGenerated, info.added)
            return nil
        }
        let restarted = gap(info, isRestarted: true)
        (id, added) = (.zero, info.added.map { $0 - info.length })
        recent.removeAll()
        return restarted
    }

    private func gap(_ info: StreamInfo, missing: Int? = nil, isRestarted: Bool = false) -> StreamGap {
        StreamGap(stream: name, after: id, first: info.first, isRestarted: isRestarted, missing: missing)
    }
}
