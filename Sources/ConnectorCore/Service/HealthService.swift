import DataStore
import Logging
import NIOCore
import ServiceLifecycle

/// Writes health to the store: at every change, and every 10 s while nothing changes. Each time the hash gets 30 s to
/// live, so that a connector that was killed doesn't look alive. At the end, `Stopped` is written to stay.
struct HealthService: Service {
    private static let heartbeat = Duration.seconds(10)
    private static let lifetimeSeconds = 30
    /// Changes that follow one another closely are written together.
    private static let pause = Duration.milliseconds(50)
    /// For the last words.
    private static let farewell = Duration.seconds(2)

    let keys: StoreKeys
    let health: ConnectorHealth
    let host: StationHost
    let reports: ReportSink
    let writer: StoreWriter
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while true {
                        try await Task.sleep(for: Self.heartbeat)
                        health.changed()
                    }
                }
                group.addTask {
                    for await _ in health.changes {
                        await write()
                        try await Task.sleep(for: Self.pause)
                    }
                }
                do { try await group.next() } catch is CancellationError {}
                group.cancelAll()
            }
        }
        health.note { $0.isStopped = true }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await write() }
            group.addTask { try? await Task.sleep(for: Self.farewell) }
            await group.next()
            group.cancelAll()
        }
    }

    private func write() async {
        let report = health.report
        let fields = HealthFields(report, await host.snapshot(), reports.counts, now: StationClock.now())
        do {
            try await writer.setHash(
                keys.health, fields.fields,
                expireSeconds: report.state == .stopped ? nil : Self.lifetimeSeconds)
            if health.note(\.writeFault, nil) { logger.info("the store can be written again") }
        } catch StoreError.refused(let error) {
            guard health.note(\.writeFault, "\(error)") else { return }
            reports.report(
                .storeUnwritable, "the store can't be written; it is tried again", source: keys.health,
                detail: "\(error)")
        } catch {
            // Without a store there is nobody to tell; the follower reports that it is away.
            logger.debug("health not written", metadata: ["reason": "\(error)"])
        }
    }
}
