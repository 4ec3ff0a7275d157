import IEC104Link
import IEC104Model
import IEC104Station
import Logging
import NIOCore

/// The station for those who aren't on its event loop. Every call is one hop there and back, but for a caller who happens
/// to be there.
final class StationHost: Sendable {
    private let eventLoop: any EventLoop
    private let loop: NIOLoopBound<StationLoop>

    init(
        eventLoop: any EventLoop, clock: StationClockBox, reports: ReportSink, logger: Logger,
        onChange: @escaping @Sendable () -> Void
    ) async throws {
        self.eventLoop = eventLoop
        loop = try await eventLoop.submit {
            let station = Station(milliseconds: { clock.now() }, timeTag: { clock.current.timeTag($0) })
            let loop = StationLoop(
                station: station, eventLoop: eventLoop, reports: reports, logger: logger, onChange: onChange)
            loop.synchronize(clock)
            return NIOLoopBound(loop, eventLoop: eventLoop)
        }.get()
    }

    private func run<Result: Sendable>(_ body: @escaping @Sendable (StationLoop) -> Result) async -> Result? {
        let loop = loop
        if eventLoop.inEventLoop { return body(loop.value) }
        return try? await eventLoop.submit { body(loop.value) }.get()
    }

    func apply(_ inputs: [StationInput]) async {
        guard !inputs.isEmpty else { return }
        await run { $0.apply(inputs) }
    }

    /// - Parameter allow: who may command; empty for everybody.
    func define(
        _ definitions: [PointDefinition], commands: [CommandDefinition], commonAddresses: Set<CommonAddress>,
        settings: StationSettings, allow: [AddressRange]
    ) async {
        await run { $0.define(definitions, commands, commonAddresses, settings, allow: allow) }
    }

    func handOnCommands(to queue: CommandQueue) async {
        await run { $0.handOnCommands { queue.put($0, until: $1) } }
    }

    /// A command is about to be sent to the store; see `Station.commandGoesToStore`.
    func commandGoesToStore(_ order: CommandOrder) async -> Bool {
        await run { $0.station.commandGoesToStore(order) } ?? false
    }

    func commandWritten(_ order: CommandOrder, _ outcome: StoreOutcome) async {
        await run { $0.commandWritten(order, outcome) }
    }

    /// The store is out of reach; points show it after `grace`.
    func sourceGone(grace: TimeAmount) async {
        await run { $0.sourceGone(grace: grace) }
    }

    /// The store is back, and all that it holds has been applied.
    func sourceReturned() async {
        await run { $0.sourceReturned() }
    }

    /// - Throws: the system's error if the address can't be had.
    func listen(_ network: ConnectorConfiguration.Network, _ parameters: LinkParameters) async throws {
        let loop = loop
        try await eventLoop.flatSubmit { loop.value.listen(network, parameters) }.get()
    }

    func stopListening(_ reason: String) async {
        let loop = loop
        try? await eventLoop.flatSubmit { loop.value.stopListening(reason) }.get()
    }

    func stopAccepting() async {
        let loop = loop
        try? await eventLoop.flatSubmit { loop.value.stopAccepting() }.get()
    }

    func isExecutingCommands() async -> Bool {
        await run { $0.station.isExecutingCommands } ?? false
    }

    /// Tells whoever waits for a command that it won't be carried out, or not to its end.
    func giveUpCommands() async {
        await run { $0.station.giveUpCommands() }
    }

    func adjust(maximumConnections: Int, parameters: LinkParameters) async {
        await run { $0.adjust(maximumConnections: maximumConnections, parameters: parameters) }
    }

    func eventCount() async -> UInt64 {
        await run { $0.station.eventCount } ?? 0
    }

    func hasSent(events count: UInt64) async -> Bool {
        await run { $0.hasSent(events: count) } ?? true
    }

    func isDrained() async -> Bool {
        await run { $0.isDrained } ?? true
    }

    func snapshot() async -> StationSnapshot {
        await run { $0.snapshot() } ?? StationSnapshot()
    }
}
