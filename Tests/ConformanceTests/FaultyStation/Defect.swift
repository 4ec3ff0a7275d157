/// What can be wrong with the station of these tests.
enum Defect: String, CaseIterable, Sendable {
    case ignoresK
    case confirmsStopWhilePending
    case acceptsGaps
    case doesNotConfirmTests
    case hasNoT3
    case doesNotAcknowledge
    case doesNotTerminate
    case leavesOutAPoint
    case reportsAPointTwice
    case interrogatesWithTimeTags
    case interrogatesWithCause3
    case reportsWithBroadcastAddress
    case refusesWithoutNegativeBit
    case doesNotMirrorOriginator
    case confirmsRead
    case executesWithoutSelect
    case selectsForEverybody
    case doesNotCompareValues
    case sendsAfterStop
    case answersCommandsTwice
}
