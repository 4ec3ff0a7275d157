import IEC104Model

/// Which causes of transmission a type has in each direction (IEC 60870-5-101, table 14; IEC 60870-5-104, clause 9.5).
enum CauseTable {
    private static let refusals: [ClosedRange<UInt8>] = [44...47]
    private static let groups: ClosedRange<UInt8> = 20...36
    private static let counterGroups: ClosedRange<UInt8> = 37...41

    /// The causes of a type in a direction; empty if it doesn't go that way.
    static func causes(of type: TypeIdentification, _ direction: Direction) -> [ClosedRange<UInt8>] {
        switch direction {
        case .monitor: monitor(type.rawValue)
        case .control: control(type.rawValue)
        }
    }

    /// True if the cause is one of them.
    static func allows(_ cause: CauseOfTransmission, of type: TypeIdentification, _ direction: Direction) -> Bool {
        causes(of: type, direction).contains { $0.contains(cause.rawValue) }
    }

    /// True for the defined types that IEC 60870-5-104 leaves out: those with CP24Time2a, test and delay of 101.
    static func isLeftOut(_ type: TypeIdentification) -> Bool {
        switch type.rawValue {
        case 2, 4, 6, 8, 10, 12, 14, 16...19, 104, 106: true
        default: false
        }
    }

    private static func monitor(_ type: UInt8) -> [ClosedRange<UInt8>] {
        switch type {
        case 1, 3, 5, 20: [2...3, 5...5, 11...12, groups]
        case 7: [2...3, 5...5, groups]
        case 9, 11, 13, 21: [1...3, 5...5, groups]
        case 15, 37: [3...3, 5...5, counterGroups]
        case 30...32: [3...3, 5...5, 11...12]
        case 33...36: [3...3, 5...5]
        case 38...40: [3...3]
        case 45...51, 58...64, 100, 101: [7...7, 9...10] + refusals
        case 70: [4...4]
        case 102: refusals
        case 103: [3...3, 7...7, 10...10] + refusals
        case 105, 107: [7...7] + refusals
        case 110...112: [7...7, groups] + refusals
        case 113: [7...7, 9...9] + refusals
        case 120...125: [13...13] + refusals
        case 126: [3...3, 5...5]
        default: []
        }
    }

    private static func control(_ type: UInt8) -> [ClosedRange<UInt8>] {
        switch type {
        case 45...51, 58...64, 100, 101, 113: [6...6, 8...8]
        case 102: [5...5]
        case 103, 105, 107, 110...112: [6...6]
        case 120, 121, 123...125: [13...13]
        case 122: [5...5, 13...13]
        default: []
        }
    }
}
