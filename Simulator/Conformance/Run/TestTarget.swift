/// The station under test and what is known of it.
package struct TestTarget: Sendable {
    package var host: String
    package var port: Int
    /// What it declares.
    package var profile: StationProfile
    /// How its points are changed; nil if they can't be.
    package var feed: (any ProcessFeed)?
    /// The process behind the station, for commands that one confirms; nil if the bench doesn't play it.
    package var process: (any CommandProcess)?
    /// What starts further stations; nil if nothing does.
    package var bench: (any StationBench)?
    /// A request that changes nothing and is answered by one I frame. Found out before the run.
    package var harmless: Harmless = .unknownType
    /// Gives the address to connect from, a new one for each call; the system's choice if nil.
    package var localAddress: (@Sendable () -> String)?

    package init(host: String, port: Int, profile: StationProfile) {
        self.host = host
        self.port = port
        self.profile = profile
    }

    /// Requests that every station answers, one of them at least.
    package enum Harmless: CaseIterable, Sendable {
        /// Type 200, answered with cause 44.
        case unknownType
        /// C_TS_TA_1, mirrored.
        case test
        /// An interrogation of a common address that doesn't exist, answered with cause 46.
        case unknownAddress
    }
}
