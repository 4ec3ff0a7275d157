/// The value of a data point in monitor direction, without quality and time.
package enum ProcessValue: Hashable, Sendable {
    /// Types 1, 2, 30: false is off.
    case singlePoint(Bool)
    /// Types 3, 4, 31.
    case doublePoint(DoublePointState)
    /// Types 5, 6, 32: -64...63; transient while the equipment moves.
    case stepPosition(Int8, transient: Bool)
    /// Types 7, 8, 33.
    case bitstring(UInt32)
    /// Types 9, 10, 21, 34.
    case normalized(NormalizedValue)
    /// Types 11, 12, 35.
    case scaled(Int16)
    /// Types 13, 14, 36.
    case shortFloat(Float)
    /// Types 15, 16, 37.
    case integratedTotals(BinaryCounterReading)
    /// Type 20.
    case packedSinglePoints(StatusChangeDetection)

    /// Equal bit for bit: a float that is not a number equals itself, and -0 differs from 0.
    package static func == (left: ProcessValue, right: ProcessValue) -> Bool {
        switch (left, right) {
        case (.singlePoint(let left), .singlePoint(let right)): left == right
        case (.doublePoint(let left), .doublePoint(let right)): left == right
        case (.stepPosition(let left, let leftMoves), .stepPosition(let right, let rightMoves)):
            left == right && leftMoves == rightMoves
        case (.bitstring(let left), .bitstring(let right)): left == right
        case (.normalized(let left), .normalized(let right)): left == right
        case (.scaled(let left), .scaled(let right)): left == right
        case (.shortFloat(let left), .shortFloat(let right)): left.bitPattern == right.bitPattern
        case (.integratedTotals(let left), .integratedTotals(let right)): left == right
        case (.packedSinglePoints(let left), .packedSinglePoints(let right)): left == right
        default: false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .singlePoint(let value): hasher.combine(value)
        case .doublePoint(let value): hasher.combine(value)
        case .stepPosition(let value, let transient):
            hasher.combine(value)
            hasher.combine(transient)
        case .bitstring(let value): hasher.combine(value)
        case .normalized(let value): hasher.combine(value)
        case .scaled(let value): hasher.combine(value)
        case .shortFloat(let value): hasher.combine(value.bitPattern)
        case .integratedTotals(let value): hasher.combine(value)
        case .packedSinglePoints(let value): hasher.combine(value)
        }
    }
}
