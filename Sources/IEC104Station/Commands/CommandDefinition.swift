import IEC104Model

/// What the station must know about a command: its address, what it takes, and how it is carried out.
package struct CommandDefinition: Hashable, Sendable {
    /// Who confirms an execution.
    package enum Confirmation: Hashable, Sendable {
        /// The store, as soon as it holds the command; termination follows at once.
        case store
        /// The process confirms and terminates.
        case process
    }

    /// Common address and information object address.
    package var address: PointAddress
    /// The type without time tag, 45...51; the same with time tag is taken as well.
    package var type: TypeIdentification
    /// True if it has to be selected before it is executed. A selection is possible in any case but for bitstrings.
    package var selectBeforeOperate: Bool
    package var confirmation: Confirmation
    /// Values of a set-point that are taken, as they come on the wire; nil takes all finite ones.
    package var range: ClosedRange<Double>?

    package init(
        address: PointAddress, type: TypeIdentification, selectBeforeOperate: Bool = false,
        confirmation: Confirmation = .store, range: ClosedRange<Double>? = nil
    ) {
        self.address = address
        self.type = type.withoutTimeTag
        self.selectBeforeOperate = selectBeforeOperate
        self.confirmation = confirmation
        self.range = range
    }
}
