extension ASDU {
    /// An ASDU with one object, which tells its type.
    package init(
        _ object: InformationObject, cause: CauseOfTransmission, commonAddress: CommonAddress,
        isNegative: Bool = false, isTest: Bool = false, originatorAddress: UInt8 = 0
    ) {
        identifier = DataUnitIdentifier(
            typeIdentification: object.element.typeIdentification, count: 1, cause: cause, isNegative: isNegative,
            isTest: isTest, originatorAddress: originatorAddress, commonAddress: commonAddress)
        objects = [object]
    }
}
