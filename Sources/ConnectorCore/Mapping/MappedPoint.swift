import IEC104Model
import IEC104Station

/// A point of the mapping.
package struct MappedPoint: Hashable, Sendable {
    package var name: String
    package var address: PointAddress
    package var type: TypeIdentification
    package var groups: InterrogationGroups = []
    /// 1...4, or 0 for none.
    package var counterGroup: UInt8 = 0
    /// Multiplies the source's value; `offset` is added then. Measured values and set-points.
    package var scale = 1.0
    package var offset = 0.0
    /// Turns single and double points round.
    package var invert = false
    package var deadband: Double?
    /// Seconds between transmissions with cause 1.
    package var periodic: Int?
    /// Seconds between transmissions with cause 2.
    package var background: Int?
    package var selectBeforeOperate = false
    package var confirmation: ConnectorConfiguration.Commands.Confirmation?
    package var min: Double?
    package var max: Double?

    package init(name: String = "", address: PointAddress, type: TypeIdentification) {
        self.name = name
        self.address = address
        self.type = type
    }

    /// What the station needs to know of a monitored point; nil for a command.
    package var definition: PointDefinition? {
        guard !type.isCommand else { return nil }
        return PointDefinition(
            address: address, type: type, groups: groups, counterGroup: counterGroup, deadband: deadband,
            periodicInterval: periodic, backgroundInterval: background)
    }
}
