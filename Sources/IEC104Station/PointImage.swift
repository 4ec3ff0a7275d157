import IEC104Model

/// All points of the station with their current values: the one truth that interrogation, read, periodic, background
/// and spontaneous transmission are answered from.
///
/// A point keeps its slot for as long as it is served, so that cursors stay valid while points come and go.
struct PointImage {
    private(set) var points: ContiguousArray<PointState> = []
    private var slots: [PointAddress: Int32] = [:]
    private var freeSlots: [Int32] = []
    private var sorted: InterrogationOrder?

    /// Number of points served.
    var count: Int { slots.count }

    /// The slot of a point, nil if it isn't served.
    func slot(of address: PointAddress) -> Int32? {
        slots[address]
    }

    subscript(slot: Int32) -> PointState {
        _read { yield points[Int(slot)] }
        _modify { yield &points[Int(slot)] }
    }

    /// Adds a point, or takes over its changed definition. A slot that became free is used again only if no cursor
    /// can be standing on it.
    @discardableResult
    mutating func define(_ definition: PointDefinition, reusingSlots: Bool) -> Int32 {
        if let slot = slots[definition.address] {
            let before = self[slot].interrogationType
            self[slot].redefine(definition)
            if self[slot].interrogationType != before { sorted = nil }
            return slot
        }
        sorted = nil
        let slot: Int32
        if reusingSlots, let free = freeSlots.popLast() {
            slot = free
            self[slot] = PointState(definition)
        } else {
            slot = Int32(points.count)
            points.append(PointState(definition))
        }
        slots[definition.address] = slot
        return slot
    }

    /// Stops serving every point that isn't in `addresses`, unless `keeps` says otherwise.
    mutating func keepOnly(_ addresses: Set<PointAddress>, orIf keeps: (PointState) -> Bool) {
        for (address, slot) in slots where !addresses.contains(address) && !keeps(self[slot]) {
            slots[address] = nil
            self[slot].flags.remove(.served)
            freeSlots.append(slot)
            sorted = nil
        }
    }

    /// The points in the order of interrogation. Sorting is put off until somebody asks after a change.
    mutating func order() -> InterrogationOrder {
        if let sorted { return sorted }
        let fresh = InterrogationOrder(slots: slots.values, points: points)
        sorted = fresh
        return fresh
    }

    mutating func reserve(_ count: Int) {
        points.reserveCapacity(count)
        slots.reserveCapacity(count)
    }
}
