import IEC104Model

/// A command that is to be carried out: what the process needs to know.
package struct CommandOrder: Hashable, Sendable {
    /// Names this one among all commands of all runs of the station.
    package let id: String
    package let address: PointAddress
    /// The type it came with, 45...51 or 58...64.
    package let type: TypeIdentification
    /// As it came on the wire.
    package let value: CommandValue
    /// How the process is told the value.
    package let conversion: ValueConversion
    /// QU or QL.
    package let qualifier: UInt8
    package let cause: CauseOfTransmission
    package let originatorAddress: UInt8
    /// The host that sent it.
    package let client: String
    /// The moment of the time tag of types 58...64, in milliseconds since 1970 UTC.
    package let timeTag: Int64?

    package init(
        id: String, address: PointAddress, type: TypeIdentification, value: CommandValue,
        conversion: ValueConversion = ValueConversion(), qualifier: UInt8, cause: CauseOfTransmission,
        originatorAddress: UInt8, client: String, timeTag: Int64?
    ) {
        self.id = id
        self.address = address
        self.type = type
        self.value = value
        self.conversion = conversion
        self.qualifier = qualifier
        self.cause = cause
        self.originatorAddress = originatorAddress
        self.client = client
        self.timeTag = timeTag
    }
}
