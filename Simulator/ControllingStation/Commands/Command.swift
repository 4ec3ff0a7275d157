import IEC104Model

/// A command to one information object, types 45...51, or 58...64 with time tag.
package struct Command: Hashable, Sendable {
    /// The object that is commanded.
    package var address: PointAddress
    package var value: CommandValue
    /// QU (0...31) of a single, double or step command, QL (0...127) of a set-point.
    package var qualifier: UInt8 = 0
    /// 0 if that isn't used.
    package var originatorAddress: UInt8 = 0
    /// T: the station answers and carries nothing out.
    package var isTest = false

    package init(address: PointAddress, value: CommandValue) {
        self.address = address
        self.value = value
    }

    /// The request of a step.
    ///
    /// - Parameter time: makes it one of the types 58...64.
    package func asdu(_ step: CommandStep, time: CP56Time2a? = nil) -> ASDU {
        let element = value.element(qualifier: qualifier, isSelect: step != .execute, time: time)
        return ASDU(
            InformationObject(address: address.informationObjectAddress, element: element), cause: step.cause,
            commonAddress: address.commonAddress, isTest: isTest, originatorAddress: originatorAddress)
    }
}
