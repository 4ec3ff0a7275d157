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
    /// How the process is told what comes on the wire.
    package var conversion: ValueConversion

    package init(
        address: PointAddress, type: TypeIdentification, selectBeforeOperate: Bool = false,
        confirmation: Confirmation = .store, range: ClosedRange<Double>? = nil,
        conversion: ValueConversion = ValueConversion()
    ) {
        self.address = address
        self.type = type.withoutTimeTag
        self.selectBeforeOperate = selectBeforeOperate
        self.confirmation = confirmation
        self.range = range
        self.conversion = conversion
    }

    /// False for a set-point that is no number, out of range, or too large in the unit of the process.
    func permits(_ value: CommandValue) -> Bool {
        guard let number = value.number else { return true }
        guard number.isFinite, conversion.processValue(number).isFinite else { return false }
        guard let range else { return true }
        switch value {
        // What is rounded to be sent, as 0.1 is to 3277/32768, meets a limit that is rounded in the same way.
        case .shortFloat(let float): return Float(range.lowerBound) <= float && float <= Float(range.upperBound)
        case .normalized:
            return (range.lowerBound * 32768).rounded() <= number * 32768
                && number * 32768 <= (range.upperBound * 32768).rounded()
        // Whole numbers aren't: 11 is more than 10.6, and 2 is more than 0.01 times 150. Only what scaling itself makes
        // inexact is let through.
        default:
            return range.contains(number)
                || conversion.isScaling && range.lowerBound - abs(range.lowerBound) * 1e-9 <= number
                    && number <= range.upperBound + abs(range.upperBound) * 1e-9
        }
    }
}
