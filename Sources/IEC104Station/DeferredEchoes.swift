import IEC104Model
import NIOCore

/// States that look like echoes of events, held back until it is clear that nothing newer follows.
struct DeferredEchoes {
    private static let capacity = 4096
    private var held: [PointAddress: (update: PointUpdate, due: NIODeadline)] = [:]
    private(set) var nextDeadline: NIODeadline?

    /// Holds a state back; false if there are too many already, and the state has to count at once.
    mutating func hold(_ update: PointUpdate, until due: NIODeadline) -> Bool {
        guard held.count < Self.capacity else { return false }
        held[update.address] = (update, due)
        nextDeadline = min(nextDeadline ?? due, due)
        return true
    }

    /// Something newer has come for the point.
    mutating func forget(_ address: PointAddress) {
        guard !held.isEmpty else { return }
        held[address] = nil
        if held.isEmpty { nextDeadline = nil }
    }

    /// Takes out the states that nothing newer followed.
    mutating func due(_ now: NIODeadline) -> [PointUpdate] {
        guard let nextDeadline, nextDeadline <= now else { return [] }
        let due = held.values.filter { $0.due <= now }.map(\.update)
        for update in due { held[update.address] = nil }
        self.nextDeadline = held.values.lazy.map(\.due).min()
        return due
    }
}
