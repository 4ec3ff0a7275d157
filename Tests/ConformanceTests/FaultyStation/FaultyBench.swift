import Conformance
import NIOCore
import TestBench

/// Starts stations with the same defect for cases that have one for themselves.
struct FaultyBench: StationBench {
    let defect: Defect?

    func withStation(
        _ setting: StationSetting, _ body: @Sendable (any OwnStation) async throws -> Void
    ) async throws {
        let station = try await FaultyStation.start(defect, setting)
        do {
            try await body(station)
        } catch {
            await station.end()
            throw error
        }
        await station.end()
    }
}

extension FaultyStation: OwnStation {
    var feed: any ProcessFeed { self }

    func stop() async throws { await end() }

    func setSource(isThere: Bool) async throws { throw BenchError("the station of the tests has no source") }

    func change(_ setting: StationSetting) async throws { throw BenchError("the station of the tests stays as it is") }
}
