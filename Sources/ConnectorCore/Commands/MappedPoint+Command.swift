import IEC104Model
import IEC104Station

extension MappedPoint {
    /// What the station needs to know of a command; nil for a monitored point.
    ///
    /// - Parameter confirmation: who confirms, where the point itself doesn't say.
    func commandDefinition(confirmation: ConnectorConfiguration.Commands.Confirmation) -> CommandDefinition? {
        guard type.isCommand else { return nil }
        return CommandDefinition(
            address: address, type: type, selectBeforeOperate: selectBeforeOperate,
            confirmation: (self.confirmation ?? confirmation) == .store ? .store : .process, range: wireRange)
    }

    /// `min` and `max` in the unit that the control room uses.
    private var wireRange: ClosedRange<Double>? {
        guard min != nil || max != nil else { return nil }
        let limits = [min ?? -.infinity, max ?? .infinity].map { $0 * scale + offset }.sorted()
        return limits[0]...limits[1]
    }
}
