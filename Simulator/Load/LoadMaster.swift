import ControllingStation
import Histogram
import IEC104Channel
import IEC104Model
import NIOCore

/// One controlling station of a load, and what it has measured.
actor LoadMaster {
    nonisolated let connection: ControllingConnection
    /// From the beginning of its connection to STARTDT con.
    nonisolated let startTime: TimeAmount
    private let subscription: ASDUSubscription
    private var events: (plan: EventPlan, schedule: EventSchedule)?
    /// Events that have to come.
    private var expected: UInt32 = 0
    private(set) var deliveries = DeliveryRecord()
    /// From the moment that an event was due to its reception, in microseconds.
    private(set) var latencies = Histogram<UInt32>()
    /// Information objects received since `begin`, whatever they are.
    private(set) var objects = 0
    /// When the last one of its events came; nil before the first.
    private(set) var lastEvent: NIODeadline?
    /// Reports of the load's points that are none of its events.
    private(set) var foreign = 0

    private init(_ connection: ControllingConnection, _ subscription: ASDUSubscription, startTime: TimeAmount) {
        self.connection = connection
        self.subscription = subscription
        self.startTime = startTime
    }

    /// Connects and starts data transfer.
    ///
    /// - Throws: `ConnectFault`, `ConnectionFault`; `CancellationError`.
    static func start(_ options: LoadOptions) async throws -> LoadMaster {
        let begin = NIODeadline.now()
        let connection = try await ControllingConnection.connect(
            host: options.host, port: options.port, parameters: options.parameters)
        do {
            let subscription = await connection.subscribe()
            try await connection.startDataTransfer()
            return LoadMaster(connection, subscription, startTime: .now() - begin)
        } catch {
            await connection.close()
            throw error
        }
    }

    /// What is received counts from now on.
    func begin(_ plan: EventPlan?, _ schedule: EventSchedule) {
        objects = 0
        events = plan.map { ($0, schedule) }
        expected = plan?.count ?? 0
    }

    /// No more events than these have been written.
    func expect(_ count: UInt32) { expected = count }

    /// Receives until the connection ends or the task is cancelled.
    func receive() async {
        for await asdu in subscription {
            for point in asdu.points { take(point) }
        }
    }

    /// True if no event is missing any more, or none can come.
    var isComplete: Bool {
        get async {
            guard deliveries.lost(of: expected) > 0 else { return true }
            return await connection.closeReason != nil
        }
    }

    /// What it comes to.
    ///
    /// - Parameter number: tells it from the other connections, from 1 on.
    func outcome(number: Int) async -> ConnectionOutcome {
        ConnectionOutcome(
            number: number, deliveries: deliveries, lost: deliveries.lost(of: expected),
            foreign: foreign, objects: objects, closeReason: await connection.closeReason)
    }

    private func take(_ point: ReportedPoint) {
        objects += 1
        guard let (plan, schedule) = events, plan.isReport(point) else { return }
        guard let index = plan.index(of: point) else {
            foreign += 1
            return
        }
        lastEvent = point.time
        guard deliveries.take(index) else { return }
        let latency = max((point.time - schedule.due(index)).nanoseconds, 0)
        latencies.record(UInt64(latency / 1000))
    }
}
