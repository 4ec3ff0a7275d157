import IEC104Model

extension ASDU {
    /// An interrogation command as a station sends it back.
    package static func interrogation(
        _ commonAddress: CommonAddress, _ cause: CauseOfTransmission, isNegative: Bool = false,
        qualifier: QualifierOfInterrogation = .station
    ) -> ASDU {
        ASDU(
            InformationObject(address: .irrelevant, element: .C_IC_NA_1(C_IC_NA_1(qualifier: qualifier))),
            cause: cause, commonAddress: commonAddress, isNegative: isNegative)
    }

    /// One short floating point number.
    package static func float(
        _ commonAddress: CommonAddress, _ address: InformationObjectAddress, _ value: Float,
        _ cause: CauseOfTransmission = .spontaneous
    ) -> ASDU {
        ASDU(
            InformationObject(address: address, element: .M_ME_NC_1(M_ME_NC_1(value: value, quality: .good))),
            cause: cause, commonAddress: commonAddress)
    }
}
