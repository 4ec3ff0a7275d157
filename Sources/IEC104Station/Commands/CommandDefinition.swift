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
        // A limit is the value that can be sent and comes nearest to it: 0.1 is 3277/32768, or the short float next to it.
        switch value {
        case .shortFloat(let float): return Float(range.lowerBound) <= float && float <= Float(range.upperBound)
        case .normalized: return range.contains(number, inStepsOf: 1 / 32768)
        // Without a scale, whole numbers meet whole numbers, and 11 is more than 10.6.
        default: return conversion.isScaling ? range.contains(number, inStepsOf: 1) : range.contains(number)
        }
    }
}

extension ClosedRange<Double> {
    fileprivate func contains(_ number: Double, inStepsOf step: Double) -> Bool {
        (lowerBound / step).rounded() <= (number / step).rounded()
            && (number / step).rounded() <= (upperBound / step).rounded()
    }
}
