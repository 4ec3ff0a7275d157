/// Where the input stream is read on, and what is needed to notice that something is missing there.
struct StreamPlace: Sendable {
    let name: String
    /// Everything up to here has been delivered.
    private(set) var id: StreamID
    /// How many entries had ever been added when that was the newest one; nil if that isn't known, or the server
    /// doesn't count.
    private(set) var added: Int?
    private(set) var trail: StreamTrail
    /// No entry that the stream holds can have a lesser id than this, unless it was begun anew. Nil if there has been none
    /// since `looked`.
    private var first: StreamID?
    /// Where this was at the end of the last look, which missed nothing up to there.
    private(set) var looked: StreamID
    /// Entries of a stream that was begun anew which were read before that was noticed.
    private var early: Set<StreamID> = []

    /// Begins at the end of a stream.
    init(name: String, info: StreamInfo) {
        self.name = name
        id = info.lastGenerated
        added = info.added
        trail = StreamTrail(info)
        first = info.first
        looked = info.lastGenerated
    }

    /// Whether it is another stream of that name: fewer entries were ever added to it than were read of the one there was,
    /// or it begins before that one did.
    func isAnother(_ info: StreamInfo) -> Bool {
        if hasFewerAdded(info) { return true }
        guard let begin = info.first else { return false }
        return first.map { begin < $0 } ?? (begin <= looked)
    }

    /// What was read after `common` isn't in the stream any more, but other entries may be: goes back to there.
    ///
    /// - Parameters:
    ///   - isAnyUnknown: whether there are others, with ids up to the place.
    ///   - isReading: whether what was read since the last look may be of what the stream is now.
    /// - Returns: what the server has lost; nil if the entries may as well have been deleted one by one.
    mutating func rejoin(
        at common: StreamID, _ info: StreamInfo, isAnyUnknown: Bool, isReading: Bool = false
    ) -> StreamGap? {
        guard common != id else { return nil }
        let isLost = isAnyUnknown || isSetBack(info)
        // If there is anything else behind it, it isn't known how many entries there had been at that place.
        let now = info.lastGenerated == common ? info.added : nil
        if isReading { early = Set(trail.recent.filter { $0 > looked && $0 > common }) }
        let missing = trail.cut(after: common) ?? added.flatMap { then in now.flatMap { $0 < then ? then - $0 : nil } }
        let lost = gap(info, .setBack, missing: missing)
        (id, added) = (common, now)
        return isLost ? lost : nil
    }

    /// Whether the stream holds less than was ever read of it.
    func isSetBack(_ info: StreamInfo) -> Bool { info.lastGenerated < id || hasFewerAdded(info) }

    /// Whether fewer entries were ever added to it than are known of.
    private func hasFewerAdded(_ info: StreamInfo) -> Bool {
        guard let then = added, let now = info.added else { return false }
        return now < then
    }

    /// Which of the entries that come next haven't been delivered.
    func unread(_ entries: ArraySlice<StreamEntry>) -> [StreamEntry] {
        early.isEmpty ? Array(entries) : entries.filter { !early.contains($0.id) }
    }

    /// Entries have been delivered.
    mutating func advance(_ entries: ArraySlice<StreamEntry>) {
        guard let last = entries.last else { return }
        trail.append(entries, added: added)
        id = last.id
        first = first ?? entries.first?.id
        if let added { self.added = added + entries.count }
        if let newest = early.max(), newest <= id { early = [] }
    }

    /// A look has ended.
    mutating func hasLooked() {
        looked = id
    }

    /// Nothing is left to read: what was added meanwhile has been deleted one by one.
    mutating func caughtUp(with info: StreamInfo) {
        id = max(id, info.lastGenerated)
        if id == info.lastGenerated { added = info.added }
    }

    /// The server doesn't count.
    mutating func stopCounting() {
        added = nil
    }

    /// Compares the place with the stream as it is now, and moves it if the stream isn't what it was.
    ///
    /// - Parameters:
    ///   - isLastThere: whether the entry at the place still exists; counts only where the server doesn't.
    ///   - unread: all entries behind the place; nil if there may be more than have been read.
    /// - Returns: what is missing between the place and the first entry that is left, or behind it.
    mutating func check(_ info: StreamInfo, isLastThere: Bool, unread: [StreamID]? = nil) -> StreamGap? {
        defer { first = info.first }
        if info.lastGenerated < id { return beginAnew(info) }
        guard let then = added, let now = info.added else {
            let isTold = id == .zero || isLastThere || info.lastGenerated == id || !isUnread(info)
            return isTold ? nil : gap(info, .removed)
        }
        // Fewer were ever added than we know of: it is another stream of that name.
        if now < then { return takeOver(info) }
        if info.lastGenerated == id {
            // All that was ever added has been read or is gone, so that what wasn't counted was never seen.
            added = now
            return now == then ? nil : gap(info, .removed, missing: now - then)
        }
        guard isUnread(info) else {
            guard let unread, case let missing = now - then - unread.count, missing > 0 else { return nil }
            added = now - unread.count
            return StreamGap(stream: name, after: looked, first: unread.first, cause: .removed, missing: missing)
        }
        let missing = now - then - info.length
        // More are there than can have been added since.
        if missing < 0 { return takeOver(info) }
        added = now - info.length
        return missing == 0 ? nil : gap(info, .removed, missing: missing)
    }

    /// Nothing that was read is in the stream: reads it from its beginning.
    mutating func beginAnew(_ info: StreamInfo) -> StreamGap {
        let restarted = gap(info, .restarted)
        early = Set(trail.recent.filter { $0 > looked })
        (id, added) = (.zero, info.added.map { $0 - info.length })
        trail = StreamTrail()
        (first, looked) = (nil, .zero)
        return restarted
    }

    /// It is another stream, but its entries come after those that were read, or have been read themselves.
    private mutating func takeOver(_ info: StreamInfo) -> StreamGap {
        let restarted = gap(info, .restarted)
        if isUnread(info) {
            added = info.added.map { $0 - info.length }
            trail = StreamTrail()
        } else {
            added = info.lastGenerated == id ? info.added : nil
            trail = StreamTrail(id)
        }
        return restarted
    }

    /// Whether nothing up to the place is left.
    private func isUnread(_ info: StreamInfo) -> Bool { info.first.map { $0 > id } ?? true }

    private func gap(_ info: StreamInfo, _ cause: StreamGap.Cause, missing: Int? = nil) -> StreamGap {
        // Where entries have been read since the last look, any of those missing may have been before them.
        StreamGap(
            stream: name, after: cause == .setBack ? id : looked, first: info.first, cause: cause, missing: missing)
    }
}
