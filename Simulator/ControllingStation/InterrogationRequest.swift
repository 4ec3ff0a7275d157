import IEC104Model

/// What an interrogation asks for.
package enum InterrogationRequest: Hashable, Sendable {
    /// C_IC_NA_1: the station (20) or a group (21...36). Integrated totals aren't part of the answer.
    case process(QualifierOfInterrogation)
    /// C_CI_NA_1: integrated totals, all (RQT 5) or those of a group (1...4).
    case counters(QualifierOfCounterInterrogation)

    /// The information object of the command.
    var object: InformationObject {
        switch self {
        case .process(let qualifier):
            InformationObject(address: .irrelevant, element: .C_IC_NA_1(C_IC_NA_1(qualifier: qualifier)))
        case .counters(let qualifier):
            InformationObject(address: .irrelevant, element: .C_CI_NA_1(C_CI_NA_1(qualifier: qualifier)))
        }
    }

    /// The cause of the points that are reported because of it.
    var reportingCause: CauseOfTransmission {
        switch self {
        case .process(let qualifier): CauseOfTransmission(rawValue: qualifier.rawValue)
        case .counters(let qualifier):
            qualifier.request == 5 ? .requestedByGeneralCounter : .requestedByCounterGroup(Int(qualifier.request))
        }
    }
}
