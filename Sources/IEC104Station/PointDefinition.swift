import IEC104Model

/// What the station must know about a point before it has a value: its address, how it goes on the wire and when.
package struct PointDefinition: Hashable, Sendable {
    /// Common address and information object address.
    package var address: PointAddress
    /// The type of spontaneous ASDUs. Interrogation answers use the same type without its time tag.
    package var type: TypeIdentification
    /// Interrogation groups 1...16 that the point belongs to, besides the station interrogation.
    package var groups: InterrogationGroups
    /// Counter group 1...4; 0 for a counter that only the general request (RQT 5) returns.
    package var counterGroup: UInt8
    /// Smallest change of an analog value, in its own unit, that is sent; nil sends every change.
    package var deadband: Double?
    /// Seconds between transmissions with cause 1, periodic.
    package var periodicInterval: Int?
    /// Seconds between transmissions with cause 2, background scan.
    package var backgroundInterval: Int?

    /// Defines a point of `type` at `address` that belongs to no group and is sent on change only.
    package init(
        address: PointAddress, type: TypeIdentification, groups: InterrogationGroups = [], counterGroup: UInt8 = 0,
        deadband: Double? = nil, periodicInterval: Int? = nil, backgroundInterval: Int? = nil
    ) {
        self.address = address
        self.type = type
        self.groups = groups
        self.counterGroup = counterGroup
        self.deadband = deadband
        self.periodicInterval = periodicInterval
        self.backgroundInterval = backgroundInterval
    }
}
