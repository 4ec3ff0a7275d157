import IEC104Model

extension InformationElement {
    /// What a data point with CP24Time2a says, and that time tag; nil for all other types.
    package var shortTimeTagged: (information: ProcessInformation, time: CP24Time2a)? {
        switch self {
        case .M_SP_TA_1(let element):
            (.init(value: .singlePoint(element.information.isOn), quality: element.information.quality), element.time)
        case .M_DP_TA_1(let element):
            (.init(value: .doublePoint(element.information.state), quality: element.information.quality), element.time)
        case .M_ST_TA_1(let element):
            (
                .init(
                    value: .stepPosition(element.position.value, transient: element.position.isTransient),
                    quality: element.quality), element.time
            )
        case .M_BO_TA_1(let element):
            (.init(value: .bitstring(element.bits), quality: element.quality), element.time)
        case .M_ME_TA_1(let element):
            (.init(value: .normalized(element.value), quality: element.quality), element.time)
        case .M_ME_TB_1(let element):
            (.init(value: .scaled(element.value), quality: element.quality), element.time)
        case .M_ME_TC_1(let element):
            (.init(value: .shortFloat(element.value), quality: element.quality), element.time)
        case .M_IT_TA_1(let element):
            (
                .init(
                    value: .integratedTotals(element.reading), quality: element.reading.isInvalid ? .invalid : .good),
                element.time
            )
        default: nil
        }
    }
}
