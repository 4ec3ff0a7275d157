import IEC104Station

extension StationSettings {
    /// What the configuration says about the station.
    init(_ configuration: ConnectorConfiguration, servesUndefinedPoints: Bool) {
        self.init(
            interrogationTimeTags: configuration.interrogation.timeTags, eventBuffer: configuration.events.buffer,
            acceptsClockSynchronization: configuration.time.acceptClockSync,
            servesUndefinedPoints: servesUndefinedPoints)
        commands.isEnabled = configuration.commands.enabled
        commands.timeout = .seconds(Int64(configuration.commands.timeout))
        commands.selectTimeout = .seconds(Int64(configuration.commands.selectTimeout))
        commands.maximumAge = .seconds(Int64(configuration.commands.maxAge))
    }
}
