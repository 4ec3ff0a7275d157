/// Finds out how much of what was read is still in the input stream, and goes back to there.
///
/// A replica that takes over lacks what hadn't reached it, and a server that was killed may come back without what it
/// hadn't written. Either may have been given other entries meanwhile, with ids that lie before the last one read.
/// Those were never delivered.
struct StreamRejoin {
    /// Entries looked at in one go.
    private static let batch = 200

    let place: InputPlace
    let connection: RedisConnection
    /// Whether entries have been read over this connection, which may be of what there is now.
    let isReading: Bool

    /// - Returns: what is gone; nil if nothing is, or if `StreamPlace.check` is the one to tell.
    func run() async throws -> StreamGap? {
        guard let known = place.current, let first = known.trail.recent.first else { return nil }
        let reply = try await connection.send([StreamInfo.command(known.name)], limit: StreamInfo.limit).first
        // A key of another type is reported by the reader.
        guard let info = try? StreamInfo(reply ?? .null) else { return nil }
        var isAnother = known.isAnother(info)
        var found = try await newestRemembered(of: known, from: first, to: known.id)
        if isAnother, let common = found.common {
            isAnother = common == known.id ? try await lacksWhatWasReadBefore(known, info) : false
            if isAnother { found.common = nil }
        }
        if found.common == nil, found.isAnyUnknown || known.isSetBack(info) || isAnother {
            let older = try await newestBetweenMilestones(of: known, before: first, info)
            found = (older.common, found.isAnyUnknown || older.isAnyUnknown)
        }
        let (common, isAnyUnknown) = found
        return place.update(known.name) { place in
            if let common { return place.rejoin(at: common, info, isAnyUnknown: isAnyUnknown, isReading: isReading) }
            return isAnyUnknown || isAnother ? place.beginAnew(info) : nil
        } ?? nil
    }

    /// Whether a stream that has the newest entry read has only been taken for the one before until now: it begins earlier,
    /// but has none of those that were read up to the last look.
    private func lacksWhatWasReadBefore(_ known: StreamPlace, _ info: StreamInfo) async throws -> Bool {
        let candidates = known.trail.recent.filter { $0 >= info.first ?? .zero }
        let older = candidates.filter { $0 <= known.looked }
        guard let oldest = candidates.first else { return false }
        return try await newestRemembered(of: known, from: oldest, to: older.last ?? oldest).common == nil
    }

    private typealias Found = (common: StreamID?, isAnyUnknown: Bool)

    /// The newest of the entries that are remembered one by one.
    private func newestRemembered(
        of known: StreamPlace, from first: StreamID, to last: StreamID
    ) async throws -> Found {
        let remembered = Set(known.trail.recent)
        var (end, isAnyUnknown) = (last, false)
        while true {
            let ids = try await ids(of: known.name, from: first, to: end, count: Self.batch)
            if let common = ids.first(where: { remembered.contains($0) }) {
                return (common, isAnyUnknown || common != ids.first)
            }
            isAnyUnknown = isAnyUnknown || !ids.isEmpty
            guard ids.count == Self.batch, let next = ids.last?.predecessor, next >= first else { break }
            end = next
        }
        return (nil, isAnyUnknown)
    }

    /// The newest entry that comes after a milestone the stream still has, and before the next one.
    ///
    /// Where a milestone is missing, the stream was lost from before it on, and whatever comes after it now is new.
    private func newestBetweenMilestones(
        of known: StreamPlace, before first: StreamID, _ info: StreamInfo
    ) async throws -> Found {
        let milestones = known.trail.milestones
        var (end, isAnyUnknown) = (first.predecessor, false)
        while let oldest = milestones.first, let last = end, last >= oldest.id,
            let newest = try await ids(of: known.name, from: oldest.id, to: last, count: 1).first,
            let index = milestones.lastIndex(where: { $0.id <= newest })
        {
            let (milestone, next) = (milestones[index], milestones.dropFirst(index + 1).first)
            let upper = next ?? StreamTrail.Milestone(id: known.id, added: known.added)
            // The same id with a smaller count is of another stream.
            if milestone.added ?? 0 <= info.added ?? .max {
                let isThere = try await !ids(of: known.name, from: milestone.id, to: milestone.id, count: 1).isEmpty
                if isThere || info.begins(between: milestone, and: upper) { return (newest, isAnyUnknown) }
            }
            isAnyUnknown = true
            end = milestone.id.predecessor
        }
        return (nil, isAnyUnknown)
    }

    /// The ids of the entries there are, newest first.
    private func ids(of stream: String, from: StreamID, to: StreamID, count: Int) async throws -> [StreamID] {
        let range: RedisCommand = [
            "XREVRANGE", stream, to.description, from.description, "COUNT", String(count),
        ]
        let reply = try await connection.send([range], limit: StreamInfo.limit).first ?? .null
        return (reply.elements ?? []).compactMap { $0.elements?.first?.string.flatMap { StreamID($0) } }
    }
}

extension StreamInfo {
    /// Whether the stream was trimmed to somewhere between two entries that were read: its first entry is there by its
    /// id as well as by its number.
    fileprivate func begins(between lower: StreamTrail.Milestone, and upper: StreamTrail.Milestone) -> Bool {
        guard let first, let added, let most = upper.added else { return false }
        let number = added - length + 1
        return lower.id < first && first <= upper.id && lower.added ?? 0 < number && number <= most
    }
}
