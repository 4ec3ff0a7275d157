import NIOCore
import TestSupport
import Testing

@testable import IEC104Station

@Suite("A table of deadlines")
struct DeadlineTableTests {
    private func time(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    @Test("knows the earliest, whatever was set, put off and removed before")
    func earliest() {
        var generator = SeededGenerator(seed: 104)
        var table = DeadlineTable<Int>()
        var expected: [Int: NIODeadline] = [:]
        for _ in 0..<20_000 {
            let key = Int.random(in: 0..<50, using: &generator)
            let deadline = Bool.random(using: &generator) ? time(.random(in: 0..<1000, using: &generator)) : nil
            table[key] = deadline
            expected[key] = deadline
            #expect(table.earliest == expected.values.min())
        }
        #expect(Set(table.keys) == Set(expected.keys))
        #expect(expected.allSatisfy { table[$0.key] == $0.value })
    }

    @Test("gives back what is due, in order, once")
    func due() {
        var table = DeadlineTable<Int>()
        for key in [5, 1, 4, 2, 3] { table[key] = time(Int64(key)) }
        table[2] = time(9)
        #expect(table.removeDue(time(0)) == [])
        #expect(table.removeDue(time(4)) == [1, 3, 4])
        #expect(table.removeDue(time(4)) == [])
        #expect(table.earliest == time(5))
        #expect(Set(table.keys) == [2, 5])
    }
}
