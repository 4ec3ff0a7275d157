import DataStore
import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// The connector as a whole: the services that make it up and the order in which they end.
package struct Connector: Sendable {
    private let settings: StartupSettings
    private let logger: Logger
    private let grace: TimeAmount

    /// - Parameter grace: how long the store may be out of reach until points show it.
    package init(_ settings: StartupSettings, logger: Logger, grace: TimeAmount = .seconds(30)) {
        self.settings = settings
        self.logger = logger
        self.grace = grace
    }

    /// Runs until the process is told to stop by SIGTERM or SIGINT. A second signal ends the process at once.
    ///
    /// - Throws: what no service could recover from.
    package func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        try await run { group in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                tasks.addTask { [logger] in
                    var count = 0
                    for await signal in signals {
                        count += 1
                        guard count == 1 else { return Self.exitAtOnce(signal, logger) }
                        logger.info("stopping", metadata: ["signal": "\(signal)"])
                        await group.triggerGracefulShutdown()
                    }
                }
                try await tasks.next()
                tasks.cancelAll()
            }
        }
    }

    /// Makes the services, hands them to `body`, and gives their threads back afterwards.
    package func run(_ body: @Sendable (ServiceGroup) async throws -> Void) async throws {
        let threads = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        do {
            try await body(try await services(threads))
        } catch {
            try? await threads.shutdownGracefully()
            throw error
        }
        try await threads.shutdownGracefully()
    }

    private func services(_ threads: MultiThreadedEventLoopGroup) async throws -> ServiceGroup {
        // One loop for the store, one for the station and its clients: large documents and images keep no client
        // waiting. Events come in small pieces and have to get through quickly: the loop of the station reads them
        // itself.
        let (storeLoop, stationLoop) = (threads.next(), threads.next())
        let keys = StoreKeys(id: settings.id)
        let reports = ReportSink(logger: logger)
        let health = ConnectorHealth(logger: logger)
        let clock = StationClockBox()
        let streams = ConnectorStreams(id: settings.id)
        let host = try await StationHost(
            eventLoop: stationLoop, clock: clock, reports: reports, logger: logger, onChange: { health.changed() })
        let listener = ListenerService(
            host: host, health: health, reports: reports, eventLoop: stationLoop, logger: logger)
        let commands = CommandQueue()
        await host.handOnCommands(to: commands)
        let supervisor = StationSupervisor(
            keys: keys, host: host, listener: listener, health: health, reports: reports, clock: clock,
            streams: streams, grace: grace, logger: logger)
        let follower = StoreFollower(
            configuration: settings.store, keys: keys, eventLoop: storeLoop, streamLoop: stationLoop,
            delegate: supervisor, logger: logger)
        let writer = StoreWriter(follower)

        // They end in the opposite order: clients first, the store last.
        var services: [any Service] = [
            FollowerService(follower: follower),
            ErrorStreamService(
                reports: reports, health: health, writer: writer, stream: { streams.error }, logger: logger),
            CommandService(queue: commands, host: host, writer: writer, streams: streams),
            HealthService(
                keys: keys, health: health, host: host, reports: reports, writer: writer, logger: logger),
        ]
        if let endpoint = settings.metrics {
            services.append(
                MetricsService(
                    endpoint: endpoint, health: health, host: host, reports: reports, eventLoop: storeLoop,
                    logger: logger))
        }
        services.append(listener)
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return ServiceGroup(services: services, logger: quiet)
    }

    private static func exitAtOnce(_ signal: UnixSignal, _ logger: Logger) {
        logger.warning("a second signal: ending at once", metadata: ["signal": "\(signal)"])
        exit(1)
    }
}

/// Follows the store for as long as the connector runs.
private struct FollowerService: Service {
    let follower: StoreFollower

    func run() async throws {
        await cancelWhenGracefulShutdown { await follower.run() }
    }
}
