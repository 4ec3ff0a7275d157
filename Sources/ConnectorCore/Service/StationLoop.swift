import IEC104Channel
import IEC104Link
import IEC104Model
import IEC104Station
import Logging
import NIOCore

/// What lives on the event loop of the station: the station itself, its listener, its timer.
final class StationLoop {
    let station: Station
    private let eventLoop: any EventLoop
    private let reports: ReportSink
    private let logger: Logger
    private let onChange: @Sendable () -> Void
    private var listener: StationListener<StationLinkUser>?
    private var timer: (deadline: NIODeadline, task: Scheduled<Void>)?
    private var graceTask: Scheduled<Void>?
    private var isSourceLost = false
    private var refused: UInt64 = 0
    private var accepted: UInt64 = 0

    init(
        station: Station, eventLoop: any EventLoop, reports: ReportSink, logger: Logger,
        onChange: @escaping @Sendable () -> Void
    ) {
        self.station = station
        self.eventLoop = eventLoop
        self.reports = reports
        self.logger = logger
        self.onChange = onChange
        let audit = CommandAudit(logger: logger)
        station.onCommandRecord = { record in
            audit.write(record)
            guard record.isUnmapped else { return }
            reports.report(
                .unmappedCommand, "a command for a point that the mapping doesn't have",
                source: "\(record.address)", detail: "type \(record.type), client \(record.client)")
        }
        station.onUnexpectedAnswer = { answer in
            reports.report(
                .unexpectedConfirmation, "no command waits for this confirmation", source: "entry \(answer.entry)",
                detail: "point \(answer.address), cause \(answer.cause.rawValue)"
                    + (answer.id.map { ", id \($0)" } ?? ""))
        }
    }

    /// The station takes the time of controlling stations over to the clock its time tags come from.
    func synchronize(_ clock: StationClockBox) {
        station.moment = { clock.current.millisecondsSince1970($0) }
        station.onClockSynchronization = { [logger] time in
            guard let offset = clock.synchronize(to: time) else { return }
            logger.info(
                "clock synchronized by a client",
                metadata: ["time": "\(time)", "offset": "\(offset) ms from the host's"])
        }
    }

    // MARK: Updates

    func apply(_ inputs: [StationInput]) {
        let now = eventLoop.now
        for input in inputs {
            switch input {
            case .update(let update): station.apply(update, now: now)
            case .removed(let address): station.removeState(of: address, at: station.milliseconds(), now: now)
            case .unmapped: station.counters.unmapped += 1
            case .commandAnswer(let answer): station.processAnswered(answer, now: now)
            }
        }
        station.flush()
        scheduleTimer()
    }

    func define(
        _ definitions: [PointDefinition], _ commands: [CommandDefinition], _ commonAddresses: Set<CommonAddress>,
        _ settings: StationSettings, allow: [AddressRange]
    ) {
        station.define(definitions, commonAddresses: commonAddresses, settings: settings, now: eventLoop.now)
        station.mayCommand = { host in allow.isEmpty || allow.contains { $0.contains(host) } }
        station.define(commands: commands)
        scheduleTimer()
    }

    // MARK: Commands

    /// Says what carries commands out; see `Station.onCommand`.
    func handOnCommands(to take: @escaping (CommandOrder, _ deadline: NIODeadline) -> Bool) {
        station.onCommand = take
    }

    func commandWritten(_ order: CommandOrder, _ outcome: StoreOutcome) {
        let isExpected = station.commandWritten(order, outcome, now: eventLoop.now)
        let detail = "id \(order.id), client \(order.client), value \(order.value)"
        switch outcome {
        case .taken where !isExpected:
            reports.report(
                .lateCommand, "the store has a command that was refused for want of an answer in time",
                source: "\(order.address)", detail: detail)
        case .unknown(_, let reason):
            reports.report(
                .lateCommand, "nobody knows whether the store has a command: the connection was lost meanwhile",
                source: "\(order.address)", detail: "\(detail): \(reason)")
        case .taken, .refused: break
        }
        scheduleTimer()
    }

    private func scheduleTimer() {
        guard let next = station.nextDeadline else { return }
        if let timer {
            if timer.deadline <= next { return }
            timer.task.cancel()
        }
        let task = eventLoop.assumeIsolated().scheduleTask(deadline: next) { [weak self] in
            guard let self else { return }
            self.timer = nil
            self.station.deadlineReached(self.eventLoop.now)
            self.scheduleTimer()
        }
        timer = (next, task)
    }

    // MARK: Source

    /// The source is out of reach. Points show it after a grace time, unless it returns before.
    func sourceGone(grace: TimeAmount) {
        station.isSourceReachable = false
        guard !isSourceLost, graceTask == nil else { return }
        graceTask = eventLoop.assumeIsolated().scheduleTask(in: grace) { [weak self] in
            guard let self else { return }
            self.graceTask = nil
            self.isSourceLost = true
            self.logger.warning("points are marked not topical: the store is out of reach")
            self.station.sourceLost(at: self.station.milliseconds())
        }
    }

    /// The source is back, and all that it holds has been applied.
    func sourceReturned() {
        graceTask?.cancel()
        graceTask = nil
        station.isSourceReachable = true
        scheduleTimer()
        guard isSourceLost else { return }
        isSourceLost = false
        station.sourceReturned(at: station.milliseconds())
    }

    // MARK: Connections

    func listen(_ network: ConnectorConfiguration.Network, _ parameters: LinkParameters) -> EventLoopFuture<Void> {
        let listener = StationListener<StationLinkUser>(
            eventLoop: eventLoop, maximumConnections: network.maxConnections, parameters: parameters,
            makeUser: { [unowned self] host in self.makeUser(host) },
            onEvent: { [unowned self] event in self.note(event) })
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let boundListener = NIOLoopBound(listener, eventLoop: eventLoop)
        return listener.bind(host: network.host, port: network.port).map {
            bound.value.listener = boundListener.value
        }
    }

    /// Takes no new connections and ends those there are.
    func stopListening(_ reason: String) -> EventLoopFuture<Void> {
        guard let listener else { return eventLoop.makeSucceededVoidFuture() }
        self.listener = nil
        station.initialized(.changedParameters)
        listener.closeConnections(.local(reason))
        return listener.stopAccepting()
    }

    /// Takes no new connections and commands; those there are go on.
    func stopAccepting() -> EventLoopFuture<Void> {
        station.stopCommands()
        return listener?.stopAccepting() ?? eventLoop.makeSucceededVoidFuture()
    }

    /// Changes what can be changed without binding anew. Other link parameters end the connections that have the old.
    func adjust(maximumConnections: Int, parameters: LinkParameters) {
        guard let listener else { return }
        listener.maximumConnections = maximumConnections
        guard listener.parameters != parameters else { return }
        listener.parameters = parameters
        station.initialized(.changedParameters)
        listener.closeConnections(.local("link parameters changed"))
    }

    /// True when commands have come to their end, and every started client has been sent and has acknowledged all there
    /// is.
    var isDrained: Bool {
        guard !station.isExecutingCommands else { return false }
        return listener?.connections.allSatisfy { connection in
            let statistics = connection.handler.statistics
            guard statistics.state == .started else { return true }
            return statistics.unacknowledged == 0 && connection.handler.user.session.behind == 0
        } ?? true
    }

    /// True when every started client has been sent the first `count` events that the station had.
    func hasSent(events count: UInt64) -> Bool {
        listener?.connections.allSatisfy { connection in
            guard connection.handler.statistics.state == .started else { return true }
            return connection.handler.user.session.hasSent(events: count)
        } ?? true
    }

    /// What a connection from `host` runs with.
    func makeUser(_ host: String) -> StationLinkUser {
        StationLinkUser(
            session: station.makeSession(peer: host),
            onGivenUp: { [reports, onChange] reason in
                switch reason {
                case .overrun:
                    reports.report(
                        .clientOverrun, "a client was closed because it had fallen too far behind", source: host,
                        detail: reason.description)
                case .tooManyRequests:
                    reports.report(
                        .clientOverrun, "a client was closed because it left too many answers unread", source: host)
                case .reset: break
                }
                onChange()
            }, onRequest: { [unowned self] in self.scheduleTimer() }, onChange: onChange)
    }

    private func note(_ event: StationListener<StationLinkUser>.Event) {
        switch event {
        case .accepted(let connection):
            accepted += 1
            logger.info(
                "client connected", metadata: ["client": "\(connection.address)", "connection": "\(connection.number)"])
        case .refused(let address):
            refused += 1
            reports.report(.connectionRefused, "a connection beyond maxConnections was refused", source: address)
        case .takenOver(let connection, let newcomer):
            logger.info(
                "a connection that didn't answer made room for a new one of the same host",
                metadata: ["client": "\(newcomer)", "old": "\(connection.address)"])
        case .closed(let connection, let reason):
            logger.info(
                "client disconnected",
                metadata: [
                    "client": "\(connection.address)", "connection": "\(connection.number)", "reason": "\(reason)",
                ])
        }
        onChange()
    }

    func snapshot() -> StationSnapshot {
        let clients = (listener?.connections ?? []).map { connection in
            let statistics = connection.handler.statistics
            return StationSnapshot.Client(
                number: connection.number, address: connection.address, isStarted: statistics.state == .started,
                unacknowledged: statistics.unacknowledged, behind: connection.handler.user.session.behind,
                connectedFor: (eventLoop.now - connection.since).nanoseconds / 1_000_000)
        }
        return StationSnapshot(
            clients: clients, points: station.pointCount, counters: station.counters, refused: refused,
            accepted: accepted)
    }
}
