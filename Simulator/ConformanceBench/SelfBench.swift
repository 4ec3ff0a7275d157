import Conformance
import ControllingStation
import DataStore
import TestBench

/// The bundled connector on a throwaway Redis: the station that the suite judges with `--self`, and further ones for
/// cases that need a station of their own.
package struct SelfBench: StationBench {
    /// Connections of the connector at once, as many as it can be told to take.
    private static let connections = 100

    /// The bundled profile, with fast timers.
    package let profile: StationProfile

    /// - Parameter pace: how long cases wait.
    /// - Throws: `ProfileFault`, if the bundled profile is wrong.
    package init(pace: ProbePace = ProbePace()) throws {
        var profile = try StationProfile(yaml: StationProfile.Bundled.connector.text, file: "connector")
        profile.link = .fast
        profile.connections = Self.connections
        profile.pace = pace
        self.profile = profile
    }

    /// Runs `body` with the connector as target.
    ///
    /// - Throws: `BenchError`, `StoreError` if it can't be set up, and what `body` throws.
    package func withTarget<Result: Sendable>(
        _ body: @Sendable @escaping (TestTarget) async throws -> Result
    ) async throws -> Result {
        try await withConnector(StationSetting()) { station, feed, store in
            var target = TestTarget(host: station.host, port: station.port, profile: profile)
            target.feed = feed
            target.bench = self
            let addresses = SourceAddresses()
            target.localAddress = { addresses.next() }
            let complete = target
            return try await BenchProcess.played(for: profile, of: OwnConnector.id, store, feed: feed) { process in
                var target = complete
                target.process = process
                return try await body(target)
            }
        }
    }

    package func withStation(
        _ setting: StationSetting, _ body: @Sendable (any OwnStation) async throws -> Void
    ) async throws {
        try await withConnector(setting) { station, _, _ in try await body(station) }
    }

    private func withConnector<Result: Sendable>(
        _ setting: StationSetting, _ body: (OwnConnector, StoreFeed, StoreConfiguration) async throws -> Result
    ) async throws -> Result {
        // Persistent, so that a store that is taken away comes back with what it had.
        try await withThrowawayRedis(ThrowawayRedis.Options(isPersistent: true)) { redis in
            let feed = try await StoreFeed.connect(redis.configuration, id: nil)
            let station = try await OwnConnector(profile, setting, redis: redis, feed: feed)
            do {
                let result = try await body(station, feed, redis.configuration)
                await station.end()
                await feed.close()
                return result
            } catch {
                await station.end()
                await feed.close()
                throw error
            }
        }
    }
}
