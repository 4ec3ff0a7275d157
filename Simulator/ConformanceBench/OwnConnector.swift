import Conformance
import DataStore
import TestBench

/// A connector with a store of its own.
actor OwnConnector: OwnStation {
    static let id = "conformance"

    nonisolated let host: String
    nonisolated let port: Int
    nonisolated let feed: any ProcessFeed
    private let redis: ThrowawayRedis
    private let profile: StationProfile
    private var process: ConnectorProcess

    /// Writes the documents, starts the connector and waits until it runs.
    init(_ profile: StationProfile, _ setting: StationSetting, redis: ThrowawayRedis, feed: StoreFeed) async throws {
        let documents = ConnectorDocuments(profile: profile, setting: setting, host: LoopbackAddress.next())
        (host, port) = (documents.host, setting.port)
        self.feed = feed
        self.redis = redis
        self.profile = profile
        let keys = StoreKeys(id: Self.id)
        try await redis.send(["SET", keys.configuration, documents.configuration])
        try await redis.send(["SET", keys.mapping, documents.mapping])
        process = try ConnectorProcess(id: Self.id, store: redis.configuration, logLevel: "info")
        do {
            try await process.waitUntilRunning()
        } catch {
            await process.kill()
            throw error
        }
    }

    func stop() async throws { await process.stop() }

    func restart() async throws {
        await process.kill()
        process = try ConnectorProcess(id: Self.id, store: redis.configuration, logLevel: "info")
        try await process.waitUntilRunning()
    }

    func setSource(isThere: Bool) async throws {
        if isThere { try await redis.restart() } else { await redis.kill() }
    }

    func change(_ setting: StationSetting) async throws {
        let documents = ConnectorDocuments(profile: profile, setting: setting, host: host)
        try await redis.send(["SET", StoreKeys(id: Self.id).configuration, documents.configuration])
    }

    /// Ends it, whatever state it is in.
    func end() async { await process.kill() }
}
