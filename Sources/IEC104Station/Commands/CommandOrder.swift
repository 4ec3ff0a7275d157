import IEC104Model

/// A command that is to be carried out: what the process needs to know.
package struct CommandOrder: Hashable, Sendable {
    /// Counts from 1; unique while the station runs.
    package let number: UInt64
    package let address: PointAddress
    /// The type it came with, 45...51 or 58...64.
    package let type: TypeIdentification
    package let value: CommandValue
    /// QU or QL.
    package let qualifier: UInt8
    package let cause: CauseOfTransmission
    package let originatorAddress: UInt8
    /// The host that sent it.
    package let client: String
    /// Types 58...64.
    package let time: CP56Time2a?

    package init(
        number: UInt64, address: PointAddress, type: TypeIdentification, value: CommandValue, qualifier: UInt8,
        cause: CauseOfTransmission, originatorAddress: UInt8, client: String, time: CP56Time2a?
    ) {
        self.number = number
        self.address = address
        self.type = type
        self.value = value
        self.qualifier = qualifier
        self.cause = cause
        self.originatorAddress = originatorAddress
        self.client = client
        self.time = time
    }
}
