import IEC104Model

/// What the process says about a command: an entry of the input stream.
package struct CommandAnswer: Hashable, Sendable {
    package let address: PointAddress
    /// Nil where it doesn't say.
    package let type: TypeIdentification?
    /// Activation confirmation (7) or activation termination (10).
    package let cause: CauseOfTransmission
    package let isNegative: Bool
    /// The command that is meant; nil means the one that is under way.
    package let id: String?
    /// When the store took the answer, in milliseconds by the store's clock.
    package let milliseconds: Int64
    /// Names the entry, for people.
    package let entry: String

    package init(
        address: PointAddress, type: TypeIdentification?, cause: CauseOfTransmission, isNegative: Bool, id: String?,
        milliseconds: Int64, entry: String
    ) {
        self.address = address
        self.type = type
        self.cause = cause
        self.isNegative = isNegative
        self.id = id
        self.milliseconds = milliseconds
        self.entry = entry
    }
}
