import Foundation
import IEC104Link
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// Keeps the station listening where the configuration wants it: binds, binds anew when that changes, and tries again
/// for as long as the port can't be had.
final class ListenerService: Service {
    /// Where and how to listen.
    struct Wanted: Hashable, Sendable {
        var network: ConnectorConfiguration.Network
        var parameters: LinkParameters

        /// Whether it is another address to listen on.
        func isElsewhere(than before: Wanted) -> Bool {
            network.host != before.network.host || network.port != before.network.port
        }

        /// Whether connections made before can't go on.
        func endsConnections(of before: Wanted) -> Bool {
            isElsewhere(than: before) || parameters != before.parameters
        }
    }

    private struct State {
        var wanted: Wanted?
        var bound: Wanted?
        var isRetryDue = true
    }

    /// Between attempts to bind.
    private static let retryInterval = TimeAmount.seconds(2)
    /// How long clients may take, at the end, to read and acknowledge what waits for them.
    private static let drainTime = TimeAmount.seconds(5)
    /// How long they may take, before other parameters or another address end the connections, to read what they have
    /// not yet.
    private static let farewellTime = TimeAmount.seconds(2)
    /// How long commands under way may take then: what is given up sooner could be written afterwards.
    private static let commandTime = CommandService.maximumTime + .seconds(1)
    private static let drainCheckInterval = TimeAmount.milliseconds(20)

    private let host: StationHost
    private let health: ConnectorHealth
    private let reports: ReportSink
    private let logger: Logger
    private let eventLoop: any EventLoop
    private let state = NIOLockedValueBox(State())
    private let wakes: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init(
        host: StationHost, health: ConnectorHealth, reports: ReportSink, eventLoop: any EventLoop, logger: Logger
    ) {
        self.host = host
        self.health = health
        self.reports = reports
        self.eventLoop = eventLoop
        self.logger = logger
        (wakes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Sets what is wanted from now on; the last call counts.
    func want(_ network: ConnectorConfiguration.Network, _ parameters: LinkParameters) {
        let wanted = Wanted(network: network, parameters: parameters)
        state.withLockedValue { state in
            if state.wanted != wanted { state.isRetryDue = true }
            state.wanted = wanted
        }
        continuation.yield()
    }

    func run() async throws {
        await withGracefulShutdownHandler {
            for await _ in wakes { await settle() }
        } onGracefulShutdown: {
            self.continuation.finish()
        }
        await drain()
    }

    private func settle() async {
        let (wanted, bound, isRetryDue) = state.withLockedValue { ($0.wanted, $0.bound, $0.isRetryDue) }
        guard let wanted, wanted != bound else { return }
        if let bound, wanted.endsConnections(of: bound) {
            let count = await host.eventCount()
            await wait(until: .now() + Self.farewellTime) { await host.hasSent(events: count) }
        }
        if let bound, !wanted.isElsewhere(than: bound) {
            await host.adjust(maximumConnections: wanted.network.maxConnections, parameters: wanted.parameters)
            health.serves(wanted.network)
            return state.withLockedValue { $0.bound = wanted }
        }
        if bound != nil {
            await host.stopListening("the address to listen on has changed")
            state.withLockedValue { $0.bound = nil }
            health.note { $0.listener = .notBound }
        }
        if isRetryDue { await bind(wanted) }
    }

    private func bind(_ wanted: Wanted) async {
        let address = "\(wanted.network.host):\(wanted.network.port)"
        health.serves(wanted.network)
        do {
            try await host.listen(wanted.network, wanted.parameters)
            state.withLockedValue { $0.bound = wanted }
            logger.info("listening", metadata: ["address": "\(address)"])
            health.note { $0.listener = .bound }
        } catch {
            let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
            let message = "can't listen on \(address): \(reason)"
            reports.report(.bindFailed, message, source: address, detail: "tried again every 2 s")
            health.note { $0.listener = .failed(message) }
            state.withLockedValue { $0.isRetryDue = false }
            eventLoop.scheduleTask(in: Self.retryInterval) { [self] in
                state.withLockedValue { $0.isRetryDue = true }
                continuation.yield()
            }
        }
    }

    /// Takes no more connections, lets clients read what they have not yet, within bounds, then ends the connections.
    private func drain() async {
        await host.stopAccepting()
        let start = NIODeadline.now()
        await wait(until: start + Self.drainTime) { await host.isDrained() }
        await wait(until: start + Self.commandTime) { await !host.isExecutingCommands() }
        await host.giveUpCommands()
        await host.stopListening("the station is stopping")
    }

    /// Returns when the condition holds, or the time is over.
    private func wait(until deadline: NIODeadline, for condition: () async -> Bool) async {
        while await !condition(), NIODeadline.now() < deadline, !Task.isCancelled {
            try? await Task.sleep(nanoseconds: UInt64(Self.drainCheckInterval.nanoseconds))
        }
    }
}
