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
    /// Values of a set-point that are taken, in the unit of the process; nil takes all finite ones.
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
        let processValue = conversion.processValue(number)
        guard number.isFinite, processValue.isFinite else { return false }
        guard let range else { return true }
        switch value {
        // Without a scale, what is rounded to be sent, as 0.1 is to 3277/32768, meets a limit that is rounded likewise.
        case .shortFloat(let float) where !conversion.isScaling:
            return Float(range.lowerBound) <= float && float <= Float(range.upperBound)
        case .normalized where !conversion.isScaling:
            return (range.lowerBound * 32768).rounded() <= number * 32768
                && number * 32768 <= (range.upperBound * 32768).rounded()
        // Whole numbers aren't, and steps of the wire may be large for the process: 2 is more than 0.01 times 150. Only
        // what computing itself makes inexact is let through.
        default:
            guard conversion.isScaling, !range.contains(processValue) else { return range.contains(processValue) }
            let slack = if case .shortFloat = value { 0x1p-22 } else { 1e-9 }
            let limit = processValue < range.lowerBound ? range.lowerBound : range.upperBound
            return abs(processValue - limit) <= abs(limit) * slack
        }
    }
}
