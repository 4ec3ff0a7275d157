import ControllingStation
import DataStore
import IEC104Channel
import IEC104Model
import NIOCore
import NIOPosix
import Presentation
import StationMonitor
import TestBench

/// The whole chain in one place: a throwaway Redis, the connector as a process of its own, producers that move the
/// points of two substations, and a controlling station that shows them and compares what it gets with what was fed.
package struct Demonstration: Sendable {
    /// What is shown, and for how long.
    package struct Options: Sendable {
        /// When feeding ends by itself; nil for when the user wishes.
        package var duration: Duration?
        /// Updates a second.
        package var rate: Double
        /// True for a table on the terminal, false for a line now and then.
        package var showsTable: Bool

        package init(duration: Duration? = nil, rate: Double = 20, showsTable: Bool) {
            self.duration = duration
            self.rate = rate
            self.showsTable = showsTable
        }
    }

    /// The connection to the connector was lost.
    package struct ConnectionLost: Error, CustomStringConvertible {
        package let description: String
    }

    /// The end was wished for while the chain was being set up.
    private struct Stopped: Error {}

    private static let port = HostAndPort.defaultPort

    private let options: Options
    private let stop = StopRequest()
    private let hasBegun = Flag()

    package init(_ options: Options) {
        self.options = options
    }

    /// Sets the chain up, feeds, compares, and takes everything down again, whatever happens.
    ///
    /// - Throws: `BenchError`, `StoreError`, `ConnectFault`, `InterrogationFailure`, `ConnectionLost`,
    ///   `StandardOutput.Closed`.
    package func run() async throws -> DemonstrationOutcome {
        do {
            let outcome = try await firstResult(
                of: {
                    await Interruption.wait()
                    stop.request()
                    return nil as DemonstrationOutcome?
                },
                {
                    await StandardOutput.closed()
                    if !Task.isCancelled { throw StandardOutput.Closed() }
                    return nil
                },
                {
                    await stop.wait()
                    if !Task.isCancelled, !hasBegun.isSet { throw Stopped() }
                    return nil
                },
                { try await chain() })
            return outcome ?? .stopped
        } catch is Stopped {
            return .stopped
        }
    }

    private func chain() async throws -> DemonstrationOutcome {
        try await withThrowawayRedis { redis in
            var plant = Plant()
            let image = plant.image(at: WallClock.milliseconds())
            let station = HostAndPort(host: LoopbackAddress.next(), port: Self.port)
            let store = DemonstrationStore(
                connection: try await RedisConnection.connect(
                    redis.configuration, on: MultiThreadedEventLoopGroup.singleton.next()))
            try await tell("Redis at \(redis.host):\(redis.port), throwaway: nothing is kept")
            try await store.prepare(host: station.host, port: station.port, mapping: plant.mapping, image: image)
            try await tell("\(plant.count) points of two substations, common addresses 101 and 102")
            let connector = try ConnectorProcess(
                id: DemonstrationStore.id, store: redis.configuration, logLevel: "info")
            do {
                try await connector.waitUntilRunning()
                let places = [
                    "Connector at \(station), process \(connector.pid), id \(DemonstrationStore.id)",
                    "Look at it yourself:",
                    "  redis-cli -h \(redis.host) HGETALL \(StoreKeys(id: DemonstrationStore.id).health)",
                    "  redis-cli -h \(redis.host) XREVRANGE \(DemonstrationStore.stream) + - COUNT 3",
                    "  iec104-sim monitor \(station.host)",
                ]
                for line in places { try await tell(line) }
                let master = DemonstrationMaster(
                    options: options, store: store, plant: plant, image: image, places: places, stop: stop)
                let outcome = try await master.run(station) { hasBegun.set() }
                await connector.stop(grace: .seconds(5))
                await store.connection.close()
                return outcome
            } catch {
                let isRunning = connector.status == nil
                await connector.stop(grace: .seconds(5))
                await store.connection.close()
                if let lost = error as? ConnectionLost, !isRunning {
                    let log = connector.lines.suffix(20).map(\.text).joined(separator: "\n")
                    throw ConnectionLost(description: "\(lost); the connector has ended, its last lines:\n\(log)")
                }
                throw error
            }
        }
    }

    private func tell(_ line: String) async throws {
        try await StandardOutput.put(line + "\n")
    }
}
