import DequeModule

/// What is remembered of the entries that were read, so that a server that comes back with less than it had is
/// recognised: a replica that took over, or a file that wasn't written to the end.
///
/// The newest ids are remembered one by one; of all that was read before only some, the fewer the longer ago it was.
struct StreamTrail: Sendable {
    /// An entry of which the place in the stream is known.
    struct Milestone: Hashable, Sendable {
        let id: StreamID
        /// How many entries had ever been added with this one; nil if that isn't known.
        let added: Int?
    }

    private static let maximumRecent = 4096
    private static let maximumMilestones = 1024
    /// Entries read from one milestone to the next, at least.
    private static let interval = 1024

    /// The newest entries, one by one, oldest first.
    private(set) var recent: Deque<StreamID> = []
    /// Some of the entries, oldest first.
    private(set) var milestones: [Milestone] = []
    private var sinceMilestone = 0

    /// Nothing has been read.
    init() {}

    /// Only one entry has been read.
    init(_ id: StreamID) {
        recent = [id]
    }

    /// Reading begins at the end of a stream: what it holds counts as read.
    init(_ info: StreamInfo) {
        guard info.lastGenerated != .zero else { return }
        recent = [info.lastGenerated]
        milestones = [Milestone(id: info.lastGenerated, added: info.added)]
        if let first = info.first, first < info.lastGenerated {
            milestones.insert(Milestone(id: first, added: nil), at: 0)
        }
    }

    /// Entries have been read.
    ///
    /// - Parameter added: how many had ever been added before them.
    mutating func append(_ entries: ArraySlice<StreamEntry>, added: Int?) {
        guard let first = entries.first else { return }
        if milestones.isEmpty || sinceMilestone >= Self.interval {
            milestones.append(Milestone(id: first.id, added: added.map { $0 + 1 }))
            sinceMilestone = 0
            if milestones.count > Self.maximumMilestones { thinOut() }
        }
        sinceMilestone += entries.count
        recent.append(contentsOf: entries.lazy.suffix(Self.maximumRecent).map(\.id))
        if recent.count > Self.maximumRecent { recent.removeFirst(recent.count - Self.maximumRecent) }
    }

    /// Forgets what was read after `id`.
    ///
    /// - Returns: how many entries that were; nil if there were more than are remembered one by one.
    mutating func cut(after id: StreamID) -> Int? {
        milestones.removeAll { $0.id > id }
        guard let first = recent.first, first <= id else {
            recent = [id]
            return nil
        }
        let count = recent.count
        while let last = recent.last, last > id { recent.removeLast() }
        return count - recent.count
    }

    /// Of the older half every other milestone goes; the one where reading began stays.
    private mutating func thinOut() {
        let half = milestones.count / 2
        let kept = milestones.prefix(half).enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        milestones.replaceSubrange(..<half, with: kept)
    }
}
