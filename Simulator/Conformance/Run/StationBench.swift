/// Starts further stations of the kind under test, each for one case alone.
package protocol StationBench: Sendable {
    /// Starts a station, runs `body` with it, and ends it.
    func withStation(
        _ setting: StationSetting, _ body: @Sendable (any OwnStation) async throws -> Void
    ) async throws
}

/// A station that one case has for itself.
package protocol OwnStation: Sendable {
    var host: String { get }
    var port: Int { get }
    var feed: any ProcessFeed { get }
    /// Ends it in order.
    func stop() async throws
    /// Kills it and starts it again.
    func restart() async throws
    /// Takes the data source away, or gives it back.
    func setSource(isThere: Bool) async throws
    /// Changes link parameters while it runs.
    func change(_ setting: StationSetting) async throws
}

/// What is different in a station that a case has for itself.
package struct StationSetting: Sendable {
    /// The TCP port, 2404...2420.
    package var port: Int
    /// Nil for those of the profile.
    package var link: LinkProfile?
    /// Connections at once; nil for those of the profile.
    package var connections: Int?
    /// True if clock synchronization counts for the time tags that the station makes.
    package var setsClock: Bool
    /// Points instead of those of the profile.
    package var points: [ProfilePoint]?
    /// Events that are kept for a slow controlling station.
    package var eventBuffer: Int?
    /// The zone of time tags, an IANA name.
    package var zone: String?

    package init(
        port: Int = 2404, connections: Int? = nil, setsClock: Bool = false, points: [ProfilePoint]? = nil,
        eventBuffer: Int? = nil
    ) {
        self.port = port
        self.connections = connections
        self.setsClock = setsClock
        self.points = points
        self.eventBuffer = eventBuffer
    }
}
