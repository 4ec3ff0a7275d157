import Testing

/// A deliberate fault of the station under test, so that its cases can be seen to fail.
package enum StationDefect: Sendable {
    case leavesConfirmationOut
    case leavesTerminationOut
    case confirmsRead
    case leavesNegativeOut
    case forgetsOriginator
    case forgetsTest
    case answersWithBroadcastAddress
    case answersSpontaneously
    case leavesPointOut
    case sendsTwice
    case changesValue
    case executesWithoutSelection
    case executesTwice

    /// The defect of the stations that are made in this task.
    @TaskLocal package static var current: StationDefect?

    /// What the faulty station sends instead of an ASDU.
    package func altered(_ asdu: [UInt8]) -> [[UInt8]] {
        guard asdu.count > 6 else { return [asdu] }
        var altered = asdu
        let (type, cause) = (asdu[0], asdu[2] & 0x3F)
        let isData = type < 45
        switch self {
        case .leavesConfirmationOut: return cause == 7 ? [] : [asdu]
        case .leavesTerminationOut: return cause == 10 ? [] : [asdu]
        case .confirmsRead: return cause == 5 ? [[0x66, 1, 7] + asdu[3..<9], asdu] : [asdu]
        case .leavesNegativeOut: altered[2] &= ~0x40
        case .forgetsOriginator: altered[3] = 0
        case .forgetsTest: altered[2] &= ~0x80
        case .answersWithBroadcastAddress: if cause == 7 || cause >= 20 { (altered[4], altered[5]) = (0xFF, 0xFF) }
        case .answersSpontaneously: if isData { altered[2] = 3 }
        case .leavesPointOut: return isData ? [] : [asdu]
        case .sendsTwice: return [asdu, asdu]
        case .changesValue: if isData { altered[asdu.count - 1] ^= 1 }
        case .executesWithoutSelection, .executesTwice: break
        }
        return [altered]
    }
}

/// Expects a case to fail on a station that is broken like this.
package func fails(
    on defect: StationDefect, sourceLocation: SourceLocation = #_sourceLocation, _ body: @Sendable () throws -> Void
) async throws {
    try await expectFailure("passes on a station that is broken: \(defect)", sourceLocation: sourceLocation) {
        try StationDefect.$current.withValue(defect) { try body() }
    }
}
