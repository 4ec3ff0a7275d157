import IEC104Model
import NIOCore

/// States that look like echoes of events, held back until it is clear that nothing newer follows. One for a point.
struct DeferredEchoes {
    private var held: [PointAddress: PointUpdate] = [:]
    private var deadlines = DeadlineTable<PointAddress>()

    /// True while nobody can know whether anything newer follows: the source is out of reach. Nothing is due then.
    var isSuspended = false

    var nextDeadline: NIODeadline? { isSuspended ? nil : deadlines.earliest }

    /// Holds a state back.
    mutating func hold(_ update: PointUpdate, until due: NIODeadline) {
        held[update.address] = update
        deadlines[update.address] = due
    }

    /// Something newer has come for the point.
    mutating func forget(_ address: PointAddress) {
        guard !held.isEmpty else { return }
        held[address] = nil
        deadlines[address] = nil
    }

    /// Takes out the states that nothing newer followed.
    mutating func due(_ now: NIODeadline) -> [PointUpdate] {
        guard !isSuspended else { return [] }
        return deadlines.removeDue(now).compactMap { held.removeValue(forKey: $0) }
    }
}
