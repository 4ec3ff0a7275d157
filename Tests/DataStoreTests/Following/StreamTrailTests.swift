import Testing

@testable import DataStore

@Suite("What is remembered of the input stream")
struct StreamTrailTests {
    func id(_ number: Int) -> StreamID { StreamID(milliseconds: UInt64(number), sequence: 0) }

    /// Reads that many entries, with their number as id, from an empty stream.
    func trail(_ count: Int, batch: Int = 1000) -> StreamTrail {
        var trail = StreamTrail()
        for start in stride(from: 0, to: count, by: batch) {
            let entries = (start + 1...start + batch).map { StreamEntry(id: id($0), fields: []) }
            trail.append(entries[...], added: start)
        }
        return trail
    }

    @Test("the newest entries one by one, and milestones with their number from the first entry on")
    func milestones() {
        let trail = trail(10_000)
        #expect(trail.recent.count == 4096 && trail.recent.last == id(10_000))
        let numbers = [1, 2001, 4001, 6001, 8001]
        let expected = numbers.map { StreamTrail.Milestone(id: id($0), added: $0) }
        #expect(trail.milestones == expected)
    }

    @Test("stays small however much is read, without forgetting where it began")
    func bounded() {
        let trail = trail(1_536_000, batch: 1024)
        #expect(trail.milestones.count <= 1024)
        #expect(trail.milestones.first?.id == id(1))
        let last = trail.milestones.last?.id ?? .zero
        #expect(last > id(1_530_000))
        let isGrowing = zip(trail.milestones, trail.milestones.dropFirst()).allSatisfy { $0.id < $1.id }
        #expect(isGrowing)
    }

    @Test("knows how many entries were read after one, unless it is too long ago")
    func cut() {
        var near = trail(10_000)
        let count = near.cut(after: id(9000))
        #expect(count == 1000)
        #expect(near.recent.last == id(9000) && near.milestones.last?.id == id(8001))
        var far = trail(10_000)
        let unknown = far.cut(after: id(5000))
        #expect(unknown == nil)
        #expect(far.recent == [id(5000)] && far.milestones.last?.id == id(4001))
    }
}
