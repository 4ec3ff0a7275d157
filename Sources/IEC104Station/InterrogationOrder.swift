import IEC104Model

/// The slots of the image by common address, type and information object address: the order that lets ASDUs be packed
/// as densely as they can be. Immutable; a cursor keeps the one it started with.
struct InterrogationOrder {
    let slots: ContiguousArray<Int32>
    private let ranges: [CommonAddress: Range<Int>]

    init(slots: some Collection<Int32>, points: ContiguousArray<PointState>) {
        var keyed = ContiguousArray(slots.lazy.map { (key: Self.key(points[Int($0)]), slot: $0) })
        keyed.sort { $0.key < $1.key }
        var ranges: [CommonAddress: Range<Int>] = [:]
        var start = 0
        for index in keyed.indices {
            let commonAddress = keyed[index].key >> 32
            if index + 1 == keyed.count || keyed[index + 1].key >> 32 != commonAddress {
                ranges[CommonAddress(rawValue: UInt16(truncatingIfNeeded: commonAddress))] = start..<(index + 1)
                start = index + 1
            }
        }
        self.slots = ContiguousArray(keyed.lazy.map(\.slot))
        self.ranges = ranges
    }

    /// The common addresses that have points, ascending.
    var commonAddresses: [CommonAddress] { ranges.keys.sorted() }

    /// Where the points of a common address stand in `slots`; nil if it has none.
    func range(of commonAddress: CommonAddress) -> Range<Int>? {
        ranges[commonAddress]
    }

    /// Common address (bits 32...47), type (24...31), information object address (0...23).
    private static func key(_ point: PointState) -> UInt64 {
        UInt64(point.address.commonAddress.rawValue) << 32 | UInt64(point.interrogationType.rawValue) << 24
            | UInt64(point.address.informationObjectAddress.rawValue)
    }
}
