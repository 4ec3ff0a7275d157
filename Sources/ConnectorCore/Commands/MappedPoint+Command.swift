import IEC104Model
import IEC104Station

extension MappedPoint {
    /// What the station needs to know of a command; nil for a monitored point.
    ///
    /// - Parameter confirmation: who confirms, where the point itself doesn't say.
    func commandDefinition(confirmation: ConnectorConfiguration.Commands.Confirmation) -> CommandDefinition? {
        guard type.isCommand else { return nil }
        let conversion = ValueConversion(scale: scale, offset: offset, isInverted: invert)
        return CommandDefinition(
            address: address, type: type, selectBeforeOperate: selectBeforeOperate,
            confirmation: (self.confirmation ?? confirmation) == .store ? .store : .process,
            range: wireRange(conversion), conversion: conversion)
    }

    /// `min` and `max` in the unit that the control room uses.
    private func wireRange(_ conversion: ValueConversion) -> ClosedRange<Double>? {
        guard min != nil || max != nil else { return nil }
        let limits = [min, max].map { $0.map(conversion.wireValue) }
        let (low, high) = conversion.scale < 0 ? (limits[1], limits[0]) : (limits[0], limits[1])
        let lowest = low ?? -.infinity
        // Never below the other one, whatever rounding made of them.
        return lowest...Swift.max(lowest, high ?? .infinity)
    }
}
