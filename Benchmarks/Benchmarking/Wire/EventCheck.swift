/// Whether numbered events come once each and in order.
package struct EventCheck {
    /// The number that comes next if nothing is wrong.
    package private(set) var next: UInt32
    package private(set) var duplicates = 0
    /// Events that came behind a later one.
    package private(set) var misordered = 0
    /// Numbers that were passed over so far.
    private var missing: Set<UInt32> = []

    package init(first: UInt32 = 0) {
        next = first
    }

    package var lost: Int { missing.count }
    /// True if each has come once, in whatever order.
    package var isComplete: Bool { missing.isEmpty && duplicates == 0 }
    /// True if nothing was wrong.
    package var isEven: Bool { isComplete && misordered == 0 }

    package mutating func received(_ number: UInt32) {
        if number == next {
            next &+= 1
        } else {
            noteDisorder(number)
        }
    }

    private mutating func noteDisorder(_ number: UInt32) {
        if number > next {
            missing.formUnion(next..<number)
            next = number + 1
        } else if missing.remove(number) != nil {
            misordered += 1
        } else {
            duplicates += 1
        }
    }
}
