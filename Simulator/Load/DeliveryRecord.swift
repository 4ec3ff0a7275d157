/// What one connection has received of a sequence of events: counted exactly, whatever comes.
package struct DeliveryRecord: Hashable, Sendable {
    /// Events received, those that came twice among them.
    package private(set) var received = 0
    /// Events received more often than once.
    package private(set) var duplicates = 0
    /// Events that came after a later one.
    package private(set) var misordered = 0
    private var next: UInt32 = 0
    private var missing = RangeSet<UInt32>()

    package init() {}

    /// Takes the event with this index; the first one is 0.
    ///
    /// - Returns: true if it came for the first time.
    @discardableResult
    package mutating func take(_ index: UInt32) -> Bool {
        received += 1
        guard index < next else {
            missing.insert(contentsOf: next..<index)
            next = index + 1
            return true
        }
        guard missing.contains(index) else {
            duplicates += 1
            return false
        }
        missing.remove(contentsOf: index..<index + 1)
        misordered += 1
        return true
    }

    /// Events that haven't come, of `count` that were written.
    package func lost(of count: UInt32) -> Int {
        missing.ranges.reduce(0) { $0 + $1.count } + Int(count > next ? count - next : 0)
    }
}
