import ControllingStation
import IEC104Channel
import IEC104Model
import NIOCore
import Presentation
import StationMonitor
import TestBench

/// The controlling station of a demonstration, and the producers that it is compared with.
struct DemonstrationMaster: Sendable {
    /// How long what was fed last may take to come out.
    private static let drainLimit = Duration.seconds(15)

    /// The connector answers a broadcast at once for all its common addresses.
    private static let settleTime = TimeAmount.milliseconds(200)

    private let options: Demonstration.Options
    private let store: DemonstrationStore
    private let plant: Plant
    private let ledger: SharedLedger
    private let table: LiveTable?
    private let places: [String]
    private let stop: StopRequest
    private let start = ContinuousClock.now

    init(
        options: Demonstration.Options, store: DemonstrationStore, plant: Plant, image: [PlantUpdate],
        places: [String], stop: StopRequest
    ) {
        self.options = options
        self.store = store
        self.plant = plant
        self.places = places
        self.stop = stop
        ledger = SharedLedger(UpdateLedger(image: image, names: plant.names))
        table = options.showsTable ? LiveTable(names: plant.names) : nil
    }

    /// - Parameter onBegin: called when the first update is about to be fed.
    func run(_ station: HostAndPort, onBegin: @escaping @Sendable () -> Void) async throws -> DemonstrationOutcome {
        try await ControllingConnection.withConnection(host: station.host, port: station.port) { connection in
            let subscription = await connection.subscribe()
            let outcome = try await firstResult(
                of: {
                    try await receive(subscription, connection)
                    return nil as DemonstrationOutcome?
                }, { try await compare(connection, onBegin) })
            return outcome ?? .stopped
        }
    }

    private func compare(
        _ connection: ControllingConnection, _ onBegin: @Sendable () -> Void
    ) async throws -> DemonstrationOutcome {
        try await connection.startDataTransfer()
        try await interrogate(connection, "First")
        onBegin()
        try await feedAndShow()
        try await drain()
        try await interrogate(connection, "Closing")
        ledger.update { $0.close() }
        return .compared(ledger.value, points: plant.count)
    }

    /// Runs until the connection ends, which is too early in any case.
    private func receive(_ subscription: ASDUSubscription, _ connection: ControllingConnection) async throws {
        for await asdu in subscription {
            ledger.update { $0.take(asdu) }
            await table?.take(asdu)
        }
        guard let reason = await connection.closeReason, !Task.isCancelled else { return }
        throw Demonstration.ConnectionLost(description: "the connection to the connector was lost: \(reason)")
    }

    /// Everything by a general interrogation and, because counters are no part of it, a counter interrogation.
    private func interrogate(_ connection: ControllingConnection, _ which: String) async throws {
        let answers = [
            try await connection.interrogate(settleTime: Self.settleTime),
            try await connection.interrogateCounters(settleTime: Self.settleTime),
        ]
        ledger.update { $0.compare(answers) }
        let points = answers.reduce(0) { $0 + $1.points.count }
        let milliseconds = answers.reduce(0) { $0 + $1.duration.nanoseconds } / 1_000_000
        try await StandardOutput.put("\(which) interrogation: \(points) points in \(milliseconds) ms\n")
    }

    // MARK: Feeding

    /// Feeds until the time is over or the user wishes the end.
    private func feedAndShow() async throws {
        _ = try await firstResult(
            of: { try await feed() },
            {
                guard let duration = options.duration else { return nil }
                try await Task.sleep(for: duration)
                return true
            },
            {
                await stop.wait()
                return true
            },
            {
                try await show()
                return nil
            })
    }

    /// Writes updates at the given rate; what the machine can't keep up with is made up for.
    private func feed() async throws -> Bool? {
        var plant = plant
        let begin = ContinuousClock.now
        var count = 0
        while !Task.isCancelled {
            let update = plant.next(at: WallClock.milliseconds())
            // Noted first: it may come out before the store has answered.
            ledger.update { $0.willSend(update) }
            try await store.write(update)
            count += 1
            try? await Task.sleep(until: begin + .seconds(Double(count) / options.rate))
        }
        return nil
    }

    /// Waits until all that was fed has come out, but not for ever: what is missing then is a difference.
    private func drain() async throws {
        do {
            try await eventually("everything has come out", within: Self.drainLimit) { ledger.value.outstanding == 0 }
        } catch let error as BenchError {
            try await StandardOutput.put("\(error)\n")
        }
    }

    // MARK: Showing

    private func show() async throws {
        guard let table else {
            while true {
                try await Task.sleep(for: .seconds(1))
                try await StandardOutput.put(progress + "\n")
            }
        }
        _ = try await firstResult(
            of: {
                try await table.draw()
                return nil as Bool?
            },
            {
                while true {
                    await table.setStatus(["iec104-sim demo   \(progress)   Ctrl-C ends"] + places)
                    try await Task.sleep(for: .milliseconds(200))
                }
            })
    }

    private var progress: String {
        let ledger = ledger.value
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return "\(Int(seconds)) s: \(ledger.sent) updates fed, \(ledger.received) received, "
            + "\(ledger.outstanding) under way, \(ledger.differenceCount) differences"
    }
}
