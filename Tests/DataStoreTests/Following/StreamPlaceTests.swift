import NIOCore
import Testing

@testable import DataStore

@Suite("The place in the input stream")
struct StreamPlaceTests {
    func id(_ number: Int) -> StreamID { StreamID(milliseconds: UInt64(number), sequence: 0) }

    func entries(_ numbers: ClosedRange<Int>) -> ArraySlice<StreamEntry> {
        numbers.map { StreamEntry(id: id($0), fields: []) }[...]
    }

    /// A stream that `range` is left of, with ids like the count of entries.
    func info(_ range: ClosedRange<Int>, isCounting: Bool = true) -> StreamInfo {
        StreamInfo(
            lastGenerated: id(range.upperBound), first: id(range.lowerBound), length: range.count,
            added: isCounting ? range.upperBound : nil)
    }

    /// Begun at entry 10, and read to entry 20.
    func place(isCounting: Bool = true) -> StreamPlace {
        var place = StreamPlace(name: "s", info: info(1...10, isCounting: isCounting))
        place.advance(entries(11...20))
        place.hasLooked()
        return place
    }

    @Test("misses nothing while the entry after it is there", arguments: [1...20, 1...30, 20...30, 21...30])
    func complete(range: ClosedRange<Int>) {
        var place = place()
        #expect(place.check(info(range), isLastThere: range.contains(20)) == nil)
        #expect(place.id == id(20))
    }

    @Test("knows how many entries were trimmed before they were read")
    func trimmed() {
        var place = place()
        let gap = place.check(info(25...30), isLastThere: false)
        #expect(gap == StreamGap(stream: "s", after: id(20), first: id(25), cause: .removed, missing: 4))
        place.advance(entries(25...30))
        #expect(place.check(info(28...30), isLastThere: true) == nil)
        #expect(place.check(info(28...31), isLastThere: true) == nil)
    }

    @Test("knows it as well if nothing is left")
    func emptied() {
        var place = place()
        let empty = StreamInfo(lastGenerated: id(23), first: nil, length: 0, added: 23)
        #expect(
            place.check(empty, isLastThere: false)
                == StreamGap(stream: "s", after: id(20), first: nil, cause: .removed, missing: 3))
        place.caughtUp(with: empty)
        #expect(place.id == id(23))
        #expect(place.check(empty, isLastThere: false) == nil)
    }

    @Test("goes by the entry itself where the server doesn't count")
    func uncounted() {
        var place = place(isCounting: false)
        #expect(place.check(info(1...30, isCounting: false), isLastThere: true) == nil)
        let gap = place.check(info(25...30, isCounting: false), isLastThere: false)
        #expect(gap == StreamGap(stream: "s", after: id(20), first: id(25), cause: .removed, missing: nil))
    }

    @Test("begins anew with a stream that was begun anew", arguments: [true, false])
    func restarted(isEmpty: Bool) {
        var place = place()
        let info = isEmpty ? StreamInfo(added: 0) : info(1...5)
        #expect(
            place.check(info, isLastThere: false)
                == StreamGap(stream: "s", after: id(20), first: info.first, cause: .restarted, missing: nil))
        #expect(place.id == .zero)
        #expect(place.check(info, isLastThere: false) == nil)
    }

    @Test("recognises a new stream with greater ids by its count, and what was trimmed of it is no puzzle")
    func restartedLater() {
        var place = place()
        let young = StreamInfo(lastGenerated: id(103), first: id(101), length: 3, added: 3)
        #expect(place.check(young, isLastThere: false)?.cause == .restarted)
        #expect(place.id == id(20))
        #expect(place.check(young, isLastThere: false) == nil)
    }

    @Test("goes back to what another server has as well, and says how many entries that one has lost")
    func rejoining() {
        var place = place()
        let gap = place.rejoin(at: id(17), info(1...17), isAnyUnknown: false)
        #expect(gap == StreamGap(stream: "s", after: id(20), first: id(1), cause: .setBack, missing: 3))
        #expect(place.id == id(17) && place.added == 17)
        #expect(place.trail.recent.last == id(17) && place.trail.recent.first == id(10))
        #expect(place.check(info(1...19), isLastThere: true) == nil)
        var same = self.place()
        let none = same.rejoin(at: id(20), info(1...20), isAnyUnknown: false)
        #expect(none == nil && same.added == 20)
    }

    @Test("says nothing of a loss if the entries may have been deleted one by one", arguments: [true, false])
    func rejoiningWithOthers(isAnyUnknown: Bool) {
        var place = place()
        let gap = place.rejoin(at: id(17), info(1...30), isAnyUnknown: isAnyUnknown)
        #expect(gap?.missing == (isAnyUnknown ? 3 : nil))
        #expect(place.id == id(17) && place.added == nil)
    }

    @Test("recognises a stream that was begun anew although its last entry has been read, by its count")
    func restartedUnnoticed() {
        var place = place()
        let young = StreamInfo(lastGenerated: id(20), first: id(20), length: 1, added: 1)
        #expect(
            place.check(young, isLastThere: true)
                == StreamGap(stream: "s", after: id(20), first: id(20), cause: .restarted, missing: nil))
        #expect(place.added == 1)
        #expect(place.check(young, isLastThere: true) == nil)
    }

    @Test("recognises it as well while there is more to read, and counts again when it has been read")
    func restartedBusily() {
        var place = place()
        let young = StreamInfo(lastGenerated: id(21), first: id(20), length: 2, added: 2)
        #expect(place.check(young, isLastThere: true)?.cause == .restarted)
        #expect(place.id == id(20))
        place.advance(entries(21...21))
        let rest = StreamInfo(lastGenerated: id(21), first: id(20), length: 2, added: 2)
        #expect(place.check(rest, isLastThere: true) == nil)
        place.caughtUp(with: rest)
        #expect(place.added == 2)
    }

    @Test("of entries that were missed between others it says after which look, and before which entry")
    func missedBetweenLooks() {
        var place = place()
        #expect(place.check(info(5...20), isLastThere: true) == nil)
        place.hasLooked()
        place.advance(entries(21...22))
        place.advance(entries(26...30))
        let gap = place.check(info(24...30), isLastThere: true)
        #expect(gap == StreamGap(stream: "s", after: id(20), first: id(24), cause: .removed, missing: 3))
    }

    @Test("recognises another stream by fewer entries, or by an earlier beginning")
    func another() {
        var place = place()
        #expect(place.check(info(5...20), isLastThere: true) == nil)
        #expect(!place.isAnother(info(5...20)) && !place.isAnother(info(7...25)))
        #expect(place.isAnother(info(4...20)) && place.isAnother(info(5...19)))
        let emptied = StreamInfo(lastGenerated: id(20), first: nil, length: 0, added: 20)
        #expect(place.check(emptied, isLastThere: true) == nil)
        #expect(place.isAnother(info(20...21)) && !place.isAnother(info(21...22)))
    }

    @Test("gets past entries that were deleted one by one")
    func deleted() {
        var place = place()
        let info = StreamInfo(lastGenerated: id(22), first: id(1), length: 20, added: 22)
        #expect(place.check(info, isLastThere: true) == nil)
        place.caughtUp(with: info)
        #expect(place.id == id(22))
        place.advance(entries(23...24))
        #expect(
            place.check(self.info(26...27), isLastThere: false)?.missing == 1)
    }

    @Test("tells of entries that were deleted behind the place, where all that are left there are known")
    func deletedUnread() {
        var place = place()
        // 20 were read; of 21...25 only 23 is left.
        let info = StreamInfo(lastGenerated: id(25), first: id(1), length: 21, added: 25)
        #expect(place.check(info, isLastThere: true) == nil)
        let gap = place.check(info, isLastThere: true, unread: [id(23)])
        #expect(gap == StreamGap(stream: "s", after: id(20), first: id(23), cause: .removed, missing: 4))
        place.advance(entries(23...23))
        #expect(place.added == 25)
        #expect(place.check(info, isLastThere: true, unread: []) == nil)
    }

    @Test("what was read of another stream before that was noticed isn't read again", arguments: [true, false])
    func readAhead(isReading: Bool) {
        var place = place()
        place.hasLooked()
        place.advance(entries(21...25))
        let common = id(18)
        _ = place.rejoin(at: common, info(18...25), isAnyUnknown: true, isReading: isReading)
        #expect(place.id == common)
        // Without having read over this connection, they are others with the same ids.
        #expect(
            place.unread(entries(19...26)).map(\.id)
                == (isReading ? [id(19), id(20), id(26)] : entries(19...26).map(\.id)))
    }
}
