import IEC104Model

/// The points of a mapping, found by their addresses: eight octets a point more than the mapping itself.
struct MappedPoints: Sendable {
    private let points: [MappedPoint]
    /// Common address (bits 48...63), object address (24...47) and place in `points` (0...23), ascending. A document of
    /// the greatest size that is read has far fewer than 2^24 points.
    private let places: ContiguousArray<UInt64>

    init(_ mapping: PointMapping) {
        points = mapping.points
        var places = ContiguousArray(
            mapping.points.enumerated().lazy.map { Self.key($1.address) | UInt64($0) & Self.placeMask })
        places.sort()
        self.places = places
    }

    /// Nil for an address that the mapping doesn't have.
    subscript(address: PointAddress) -> MappedPoint? {
        let key = Self.key(address)
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < key { low = middle + 1 } else { high = middle }
        }
        guard low < places.count, places[low] & ~Self.placeMask == key else { return nil }
        return points[Int(places[low] & Self.placeMask)]
    }

    private static let placeMask: UInt64 = 0xFF_FFFF

    private static func key(_ address: PointAddress) -> UInt64 {
        UInt64(address.commonAddress.rawValue) << 48 | UInt64(address.informationObjectAddress.rawValue) << 24
    }
}
