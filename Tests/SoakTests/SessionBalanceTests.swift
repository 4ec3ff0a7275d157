import TestBench
import Testing

@testable import Soak

@Suite("The balance of a session against what the store holds")
struct SessionBalanceTests {
    /// Entries 1...100 of two points.
    private static let stored = StoredUpdates(stream: entries, image: [1000: 99, 2000: 100])
    /// The same, with the state 80 of another point.
    private static let storedWithState = StoredUpdates(stream: entries, image: [1000: 99, 2000: 100, 3000: 80])
    private static let entries = (1...100).map {
        StoredUpdates.Entry(number: $0, objectAddress: address($0))
    }

    private static func address(_ number: UInt32) -> UInt32 { number.isMultiple(of: 2) ? 2000 : 1000 }

    private static func reports(_ numbers: some Sequence<UInt32>) -> [SessionRecord.Report] {
        numbers.map { SessionRecord.Report(objectAddress: address($0), number: $0) }
    }

    private func session(
        from first: UInt32 = 1, _ numbers: [UInt32], end: SessionRecord.End = .closed
    ) -> SessionRecord {
        var session = SessionRecord(firstNumber: first)
        session.reports = Self.reports(numbers)
        session.end = end
        return session
    }

    private func balance(_ session: SessionRecord, after previous: UInt32 = 0) -> SessionBalance {
        SessionBalance(session, Self.stored, after: previous)
    }

    @Test("every entry once and in order is even, wherever a session that was ended stops", arguments: [1, 50, 100])
    func even(last: UInt32) {
        let balance = balance(session(Array(1...last)))
        #expect(balance.isEven && balance.events == Int(last))
    }

    @Test("a session that lasts to the end lacks what comes after its last entry; one that was ended doesn't")
    func end() {
        #expect(balance(session(Array(1...90), end: .open)).lost == 10)
        #expect(balance(session(Array(1...90), end: .disrupted)).isEven)
        #expect(balance(session(from: 81, [], end: .open)).lost == 20)
        #expect(balance(session(from: 81, [], end: .closed)).isEven)
        #expect(balance(session(from: 101, [], end: .open)).isEven, "nothing was written any more")
    }

    @Test("entries written after the begin have to come, entries from before may")
    func begin() {
        #expect(balance(session(from: 10, Array(14...20))).lost == 4)
        #expect(balance(session(from: 10, Array(5...20))).isEven)
    }

    @Test("an entry that is missing is lost, one that comes twice duplicated, one that comes late misordered")
    func middle() {
        var balance = balance(session([1, 2, 5, 6]))
        #expect(balance.lost == 2 && balance.duplicated == 0 && balance.misordered == 0)
        balance = self.balance(session([1, 2, 2, 3, 1]))
        #expect(balance.lost == 0 && balance.duplicated == 2 && balance.misordered == 0)
        balance = self.balance(session([1, 3, 2, 4]))
        #expect(balance.lost == 0 && balance.duplicated == 0 && balance.misordered == 1)
        balance = self.balance(session([2, 1, 3]))
        #expect(balance.misordered == 1, "from before the first one")
    }

    @Test("an entry of an earlier session may not come again")
    func again() {
        #expect(balance(session(from: 10, Array(9...20)), after: 9).duplicated == 1)
        #expect(balance(session(from: 10, Array(10...20)), after: 9).isEven)
        let first = session(Array(1...9))
        let sessions = [first, session(from: 10, Array(9...100), end: .open)]
        let master = MasterBalance(name: "m", sessions: sessions, closing: [:], Self.stored)
        #expect(master.sum.duplicated == 1 && master.sum.events == 101)
    }

    @Test("what the store doesn't hold, or holds otherwise, is altered")
    func altered() {
        var session = session(Array(1...3))
        session.reports += [
            SessionRecord.Report(objectAddress: 1000, number: 101),
            SessionRecord.Report(objectAddress: 2000, number: 5),
            SessionRecord.Report(objectAddress: 2000, number: 4, isIntact: false),
        ]
        #expect(balance(session).altered == 3)
    }

    @Test("states only grow, and the last one comes if the session lasts")
    func states() {
        func state(_ numbers: [UInt32], end: SessionRecord.End) -> SessionBalance {
            var session = SessionRecord(firstNumber: 70)
            session.reports =
                Self.reports(70...100) + numbers.map { SessionRecord.Report(objectAddress: 3000, number: $0) }
            session.end = end
            return SessionBalance(session, Self.storedWithState)
        }
        #expect(state([71, 75, 80], end: .open).isEven)
        #expect(state([71, 71, 80], end: .open).duplicated == 1)
        #expect(state([75, 71, 80], end: .open).misordered == 1)
        #expect(state([71, 75], end: .open).lost == 1)
        #expect(state([71, 75], end: .closed).isEven)
    }

    @Test("an interrogation reports every point once, and nothing older than was sent")
    func interrogations() {
        func answer(_ change: (inout [SessionRecord.Report]) -> Void) -> SessionBalance {
            var session = session([1, 2])
            var reports = SoakPoint.all.map {
                SessionRecord.Report(objectAddress: $0.objectAddress, number: 2, isInterrogated: true)
            }
            change(&reports)
            session.interrogations = [2..<2 + reports.count]
            session.reports += reports
            return balance(session)
        }
        let even = answer { _ in }
        #expect(even.isEven && even.interrogations == 1)
        #expect(answer { $0.removeLast() }.misreported == 1)
        #expect(answer { $0.append($0[5]) }.misreported == 1)
        #expect(
            answer {
                $0[0] = SessionRecord.Report(objectAddress: 1000, number: 0, isInterrogated: true)
            }.misreported == 1, "entry 1 was sent before")
    }

    @Test("an end that nothing explains isn't even, nor a closing interrogation that differs from the image")
    func ends() {
        #expect(balance(session(Array(1...9), end: .unexplained("t1 expired"))).unexplained == 1)
        let sessions = [session(Array(1...100), end: .open)]
        var closing = Self.stored.image
        #expect(MasterBalance(name: "m", sessions: sessions, closing: closing, Self.stored).isEven)
        closing[2000] = 98
        #expect(MasterBalance(name: "m", sessions: sessions, closing: closing, Self.stored).closingDifferences == 1)
    }

    @Test("the same seed gives the same faults, each kind in every round")
    func seeds() {
        func rounds(_ seed: UInt64) -> [SoakFault] {
            var random = SeededGenerator(seed: seed)
            return (0..<5).flatMap { _ in SoakFault.round(1, using: &random) }
        }
        #expect(rounds(7) == rounds(7))
        #expect(rounds(7) != rounds(8))
        #expect(Set(rounds(7).prefix(6).map(\.kind)).count == 6)
    }
}
