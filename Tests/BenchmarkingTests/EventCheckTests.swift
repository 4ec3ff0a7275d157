import Benchmarking
import Testing

/// A check that overlooks a fault would let any speed pass.
@Suite struct EventCheckTests {
    private func check(_ numbers: [UInt32]) -> EventCheck {
        var check = EventCheck(first: 5)
        for number in numbers { check.received(number) }
        return check
    }

    @Test func everythingOnceAndInOrderIsEven() {
        let check = check([5, 6, 7, 8])
        #expect(check.isEven)
        #expect(check.next == 9)
    }

    @Test func whatIsMissingIsLost() {
        let check = check([5, 8])
        #expect(check.lost == 2)
        #expect(!check.isEven && !check.isComplete)
    }

    @Test func whatComesTwiceIsADuplicate() {
        let check = check([5, 6, 6, 7])
        #expect(check.duplicates == 1)
        #expect(check.lost == 0)
        #expect(!check.isEven && !check.isComplete)
    }

    @Test func whatComesLateIsOutOfOrderAndNotLost() {
        let check = check([5, 7, 6, 8])
        #expect(check.misordered == 1)
        #expect(check.lost == 0)
        #expect(check.duplicates == 0)
        #expect(!check.isEven && check.isComplete)
    }
}
