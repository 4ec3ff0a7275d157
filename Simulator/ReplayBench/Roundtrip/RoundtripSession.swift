import ControllingStation
import DataStore
import IEC104Model
import NIOCore
import TestBench

/// One round: feeds a connector, and compares what a controlling station gets from it.
///
/// Events are fed as they come. Interrogation answers are gathered until one of their points has something else to say,
/// then fed, and asked for by an interrogation of the same kind.
struct RoundtripSession {
    /// Objects that go to the store at once.
    private static let writeSize = 200
    /// Events that may be on their way through the connector.
    private static let outstandingLimit = 2000
    /// Interrogation answers gathered at most.
    private static let gatheredLimit = 100_000
    /// How long nothing may come while something is outstanding, once that has happened.
    private static let laterPatience = Duration.seconds(3)

    private let round: ServingRound
    private let connection: ControllingConnection
    private let subscription: ASDUSubscription
    private let store: RedisConnection
    private var writer = PointWriter(streamLength: 10_000)
    private var ledger = EventLedger()
    private var commands: [RedisCommand] = []
    private var batches: [AnswerBatch.Key: AnswerBatch] = [:]
    private var batchOfPoint: [PointAddress: AnswerBatch.Key] = [:]
    private var patience: Duration
    private(set) var report: RoundtripReport

    /// - Parameters:
    ///   - patience: how long nothing may come while something is outstanding.
    ///   - report: what the rounds before have shown.
    init(
        _ round: ServingRound, connection: ControllingConnection, subscription: ASDUSubscription,
        store: RedisConnection, patience: Duration, report: RoundtripReport
    ) {
        self.round = round
        self.connection = connection
        self.subscription = subscription
        self.store = store
        self.patience = patience
        self.report = report
    }

    /// Takes the next object of the capture that belongs to this round.
    mutating func take(_ object: RecordedObject) async throws {
        if let key = batchOfPoint[object.address] { try await ask(key) }
        guard object.isInterrogated else { return try await feed(object, writer.event(object)) }
        batches[object.batchKey, default: AnswerBatch(key: object.batchKey)].add(object)
        batchOfPoint[object.address] = object.batchKey
        if batchOfPoint.count >= Self.gatheredLimit { try await ask(object.batchKey) }
    }

    /// The capture has ended: what is open is asked for and waited for.
    mutating func finish() async throws {
        for key in batches.keys.sorted(by: {
            ($0.commonAddress, $0.cause.rawValue) < ($1.commonAddress, $1.cause.rawValue)
        }) {
            try await ask(key)
        }
        try await drain(to: 0)
    }

    // MARK: Events

    private mutating func feed(_ object: RecordedObject, _ written: [RedisCommand]) async throws {
        guard let type = round.type(of: object.address) else { return }
        report.willCompare(object)
        ledger.willFeed(object, as: type)
        commands += written
        guard commands.count >= Self.writeSize else { return }
        try await write()
        try await drain(to: Self.outstandingLimit)
    }

    private mutating func write() async throws {
        guard !commands.isEmpty else { return }
        try await store.transact(commands)
        commands = []
    }

    /// Receives until no more than `limit` events are outstanding; what doesn't come is a difference.
    private mutating func drain(to limit: Int) async throws {
        try await write()
        while ledger.outstanding > limit {
            if let asdu = await subscription.next(until: .now + patience) {
                ledger.take(asdu, into: &report)
            } else {
                if let reason = await connection.closeReason {
                    throw BenchError("the connection to the connector was lost: \(reason)")
                }
                try Task.checkCancellation()
                patience = min(patience, Self.laterPatience)
                ledger.close(into: &report)
            }
        }
    }

    // MARK: Interrogation answers

    private mutating func ask(_ key: AnswerBatch.Key) async throws {
        guard var batch = batches.removeValue(forKey: key) else { return }
        for address in batch.order {
            batchOfPoint[address] = nil
            guard let object = batch.objects[address] else { continue }
            if let written = writer.announcedState(object) {
                try await feed(object, written)
            } else {
                batch.remove(address)
                report.add(.older, frame: object.frame)
            }
        }
        try await drain(to: 0)
        guard !batch.objects.isEmpty else { return }
        do {
            compare(try await interrogate(key), with: batch)
        } catch let failure as InterrogationFailure {
            if case .closed = failure.reason { throw failure }
            for object in batch.inOrder { report.add(.interrogation, object, "\(failure)") }
        }
    }

    private func interrogate(_ key: AnswerBatch.Key) async throws -> InterrogationAnswer {
        let number = key.cause.rawValue
        guard key.cause.isCounterInterrogation else {
            return try await connection.interrogate(
                commonAddress: key.commonAddress, qualifier: QualifierOfInterrogation(rawValue: number))
        }
        return try await connection.interrogateCounters(
            commonAddress: key.commonAddress,
            qualifier: QualifierOfCounterInterrogation(rawValue: number == 37 ? 5 : number - 37))
    }

    private mutating func compare(_ answer: InterrogationAnswer, with batch: AnswerBatch) {
        var points: [PointAddress: ReportedPoint] = [:]
        for point in answer.points where batch.objects[point.address] != nil {
            if points.updateValue(point, forKey: point.address) != nil, let object = batch.objects[point.address] {
                report.add(.unexpected, object, "interrogated twice")
            }
        }
        for object in batch.inOrder {
            guard let point = points[object.address], let information = point.information else {
                report.add(.missing, object, "not in the answer to the interrogation")
                continue
            }
            let expected = ExpectedInformation(object.information)
            let kind = point.type == object.type ? expected.difference(from: information) : .type
            if let kind {
                let text = PointText.text(point.type, information, point.cause)
                report.add(kind, object, "answered \(text)")
            }
        }
    }
}
