/// What an operator may choose about the station.
package struct StationSettings: Hashable, Sendable {
    /// Interrogation answers carry the time-tagged types of points that have one. The standard asks for false.
    package var interrogationTimeTags = false
    /// Events a session may fall behind before it is closed.
    package var eventBuffer = 100_000
    /// Times sent by controlling stations count for the time tags that the station makes itself.
    package var acceptsClockSynchronization = false
    package var commands = CommandSettings()
    /// Points that no definition names are served with the type of their updates.
    package var servesUndefinedPoints = false

    /// The defaults.
    package init(
        interrogationTimeTags: Bool = false, eventBuffer: Int = 100_000, acceptsClockSynchronization: Bool = false,
        servesUndefinedPoints: Bool = false
    ) {
        self.interrogationTimeTags = interrogationTimeTags
        self.eventBuffer = eventBuffer
        self.acceptsClockSynchronization = acceptsClockSynchronization
        self.servesUndefinedPoints = servesUndefinedPoints
    }
}
