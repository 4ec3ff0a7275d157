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
            range: range, conversion: conversion)
    }

    /// `min` and `max`, of which one may be missing.
    private var range: ClosedRange<Double>? {
        guard min != nil || max != nil else { return nil }
        let lowest = min ?? -.infinity
        // The mapping is checked for that, too.
        return lowest...Swift.max(lowest, max ?? .infinity)
    }
}
