/// All sessions of a master together.
package struct MasterBalance: Sendable {
    package let name: String
    package let sessions: Int
    package private(set) var sum = SessionBalance()
    /// Why sessions ended where nothing explains it.
    package private(set) var unexplainedEnds: [String] = []
    /// Points whose closing interrogation differs from the image in the store.
    package let closingDifferences: Int

    /// - Parameters:
    ///   - sessions: in the order of time.
    ///   - closing: the number of each point in the closing interrogation, by object address.
    package init(name: String, sessions: [SessionRecord], closing: [UInt32: UInt32], _ stored: StoredUpdates) {
        self.name = name
        self.sessions = sessions.count
        closingDifferences =
            SoakPoint.all.count { closing[$0.objectAddress] != stored.image[$0.objectAddress] }
        var previous: UInt32 = 0
        for session in sessions {
            if case .unexplained(let reason) = session.end { unexplainedEnds.append(reason) }
            sum += SessionBalance(session, stored, after: previous)
            let events = session.reports.lazy.filter {
                !$0.isInterrogated && SoakPoint.byAddress[$0.objectAddress]?.kind != .state
            }
            previous = max(previous, events.map(\.number).max() ?? 0)
        }
    }

    package var isEven: Bool { sum.isEven && closingDifferences == 0 }
}
