/// What of a recorded value can't be said in a data point document, so that it isn't expected to come out. The raw value
/// is its name in reports.
package enum Concession: String, Hashable, Sendable, CaseIterable {
    case notANumber = "not-a-number"
    case reservedBits = "reserved-bits"
    case timeMarks = "time-marks"
    case impossibleTime = "impossible-time"

    /// What it is, and what comes out instead.
    package var title: String {
        switch self {
        case .notANumber: "NaN and infinities, which come out as 0 with IV"
        case .reservedBits: "reserved bits of the quality descriptor, which come out as 0"
        case .timeMarks:
            "IV, SU, GEN and a missing or wrong day of the week in time tags: a document says the moment only"
        case .impossibleTime: "time tags of no date or time, which come out as the moment of the capture"
        }
    }
}
