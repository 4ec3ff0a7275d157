/// What was sent in a session against what the store holds.
///
/// The guarantee, whatever faults happen meanwhile: from STARTDT to the end of the session every entry of the input stream
/// comes exactly once and in the order of the stream. In detail:
/// - **Begin.** The first entry received is not later than the first one that was written after STARTDT con had come.
///   Entries written before may come if the connector had not read them yet, without a gap.
/// - **Middle.** Each following entry is the next one in the stream. That holds while the store is killed and started
///   again, while it stands still, while the master doesn't read, and while the mapping changes: none of them is a reason
///   for a gap, or for an entry to come a second time.
/// - **End.** A session that lasts to the end of the run has received the last entry. One that was ended before, by the
///   master, by the death of the connector or by new link parameters, may lack entries after the last one received: what
///   was under way is lost with the connection. The next session interrogates.
/// - **Between sessions.** An entry that a session has received doesn't come in a later session of the same master, not
///   even after the connector was killed: it goes on at the end of the stream.
/// - **States** of points that are written to their image key alone only grow: none comes twice, none is set back. Some may
///   be passed over, but a session that lasts to the end has received the last one, if it changed in the session.
/// - **Interrogations** report every point exactly once, and no value older than one received before in the session.
package struct SessionBalance: Hashable, Sendable {
    /// Entries of the stream received.
    package private(set) var events = 0
    /// States received.
    package private(set) var states = 0
    /// Entries and last states that have not come although they had to.
    package private(set) var lost = 0
    /// What has come more often than once.
    package private(set) var duplicated = 0
    /// What has come after something newer.
    package private(set) var misordered = 0
    /// What the store doesn't hold, or not as it came: another point, quality, type or time tag.
    package private(set) var altered = 0
    /// Interrogations answered to the end.
    package private(set) var interrogations = 0
    /// Points that an interrogation has left out, reported twice, or with an older value than was sent before.
    package private(set) var misreported = 0
    /// Ends of the connection that nothing explains.
    package private(set) var unexplained = 0

    package init() {}

    /// - Parameter previous: the number of the last entry that the same master received in an earlier session.
    package init(_ session: SessionRecord, _ stored: StoredUpdates, after previous: UInt32 = 0) {
        var walk = Walk()
        var latest: [UInt32: UInt32] = [:]
        for report in session.reports {
            guard report.isIntact, let point = SoakPoint.byAddress[report.objectAddress] else {
                altered += 1
                continue
            }
            if report.isInterrogated {
                if report.number < latest[report.objectAddress] ?? 0 { misreported += 1 }
            } else if point.kind == .state {
                count(state: report, after: latest[report.objectAddress] ?? 0)
            } else {
                count(event: report, stored, &walk, previous)
            }
            if !report.isInterrogated { latest[report.objectAddress] = report.number }
        }
        lost += walk.missing.count + missed(at: walk, session, stored)
        if session.end == .open { lost += staleStates(latest, session, stored) }
        for answer in session.interrogations { check(session.reports[answer]) }
        if case .unexplained = session.end { unexplained = 1 }
    }

    /// Where in the stream a session is.
    private struct Walk {
        var first: Int?
        var next = 0
        var missing: Set<Int> = []
    }

    private mutating func count(state: SessionRecord.Report, after latest: UInt32) {
        states += 1
        if state.number == latest { duplicated += 1 } else if state.number < latest { misordered += 1 }
    }

    private mutating func count(
        event: SessionRecord.Report, _ stored: StoredUpdates, _ walk: inout Walk, _ previous: UInt32
    ) {
        events += 1
        guard let position = stored.positions[event.number],
            stored.stream[position].objectAddress == event.objectAddress
        else { return altered += 1 }
        if event.number <= previous { duplicated += 1 }
        guard let first = walk.first else {
            (walk.first, walk.next) = (position, position + 1)
            return
        }
        if position >= walk.next {
            walk.missing.formUnion(walk.next..<position)
            walk.next = position + 1
        } else if walk.missing.remove(position) != nil || position < first {
            misordered += 1
        } else {
            duplicated += 1
        }
    }

    /// Entries missing at the begin and at the end.
    private func missed(at walk: Walk, _ session: SessionRecord, _ stored: StoredUpdates) -> Int {
        let due = stored.stream.firstIndex { $0.number >= session.firstNumber } ?? stored.stream.count
        let isOpen = session.end == .open
        guard let first = walk.first else { return isOpen ? stored.stream.count - due : 0 }
        return max(first - due, 0) + (isOpen ? stored.stream.count - walk.next : 0)
    }

    private func staleStates(
        _ latest: [UInt32: UInt32], _ session: SessionRecord, _ stored: StoredUpdates
    ) -> Int {
        SoakPoint.all.count { point in
            guard point.kind == .state, let last = stored.image[point.objectAddress] else { return false }
            return last >= session.firstNumber && latest[point.objectAddress] != last
        }
    }

    private mutating func check(_ answer: ArraySlice<SessionRecord.Report>) {
        interrogations += 1
        let reported = answer.lazy.filter(\.isInterrogated).map(\.objectAddress)
        let points = Set(reported)
        misreported += reported.count - points.count + SoakPoint.byAddress.keys.count { !points.contains($0) }
    }

    /// True if everything is as it has to be.
    package var isEven: Bool {
        lost == 0 && duplicated == 0 && misordered == 0 && altered == 0 && misreported == 0 && unexplained == 0
    }

    package static func += (sum: inout SessionBalance, other: SessionBalance) {
        sum.events += other.events
        sum.states += other.states
        sum.lost += other.lost
        sum.duplicated += other.duplicated
        sum.misordered += other.misordered
        sum.altered += other.altered
        sum.interrogations += other.interrogations
        sum.misreported += other.misreported
        sum.unexplained += other.unexplained
    }
}
