import ControllingStation
import IEC104Model
import NIOCore

/// Many controlling stations at one station, and events that each of them has to receive once and in order.
package struct Load: Sendable {
    private let options: LoadOptions
    private let onProgress: @Sendable (LoadProgress) -> Void

    package init(_ options: LoadOptions, onProgress: @escaping @Sendable (LoadProgress) -> Void = { _ in }) {
        self.options = options
        self.onProgress = onProgress
    }

    /// Connects, interrogates, receives. A connection that breaks once the load has begun is part of the outcome.
    ///
    /// - Throws: `LoadFault`; what the feed throws; `CancellationError`.
    package func run() async throws -> LoadOutcome {
        var outcome = LoadOutcome()
        let masters = try await LoadStart(options, onProgress).connect(&outcome)
        do {
            try await measure(masters, &outcome)
            for master in masters { await master.connection.close() }
            return outcome
        } catch {
            for master in masters { await master.connection.close() }
            throw error
        }
    }

    private func measure(_ masters: [LoadMaster], _ outcome: inout LoadOutcome) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for master in masters { group.addTask { await master.receive() } }
            defer { group.cancelAll() }
            try await LoadStart(options, onProgress).interrogate(masters, &outcome)
            try await receive(masters, &outcome)
            // Before the connections are closed, because that would be their end.
            for (number, master) in zip(1..., masters) {
                outcome.connections.append(await master.outcome(number: number))
                outcome.latencies.add(await master.latencies)
            }
        }
    }

    private func receive(_ masters: [LoadMaster], _ outcome: inout LoadOutcome) async throws {
        let plan = options.events?.plan
        let writer = options.events.map { EventWriter($0.plan, to: $0.feed) }
        let schedule = EventSchedule(start: .now(), rate: plan?.rate ?? 1)
        var end = schedule.start
        for master in masters { await master.begin(plan, schedule) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await report(masters, writer, since: schedule.start) }
            defer { group.cancelAll() }
            outcome.isInterrupted = try await untilInterrupted {
                guard let writer else { return try await Task.sleep(for: options.duration) }
                try await writer.run(schedule)
            }
            guard let writer else { return }
            outcome.writeSeconds = (NIODeadline.now() - schedule.start).seconds
            for master in masters { await master.expect(await writer.written) }
            try await settle(masters)
        }
        outcome.seconds = (NIODeadline.now() - schedule.start).seconds
        guard let writer else { return }
        // What was waited for at the end is no part of any rate.
        for master in masters {
            guard let last = await master.lastEvent else { continue }
            end = max(end, last)
        }
        if end > schedule.start { outcome.seconds = (end - schedule.start).seconds }
        outcome.written = Int(await writer.written)
        outcome.writeDelay = await writer.delay.microseconds
    }

    /// Does something that ends when the load is interrupted.
    ///
    /// - Returns: true if it was.
    private func untilInterrupted(_ work: @escaping @Sendable () async throws -> Void) async throws -> Bool {
        guard let interruption = options.interruption else {
            try await work()
            return false
        }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return false
            }
            group.addTask {
                await interruption()
                return true
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    /// Waits until all events have come at each connection, or none comes any more.
    private func settle(_ masters: [LoadMaster]) async throws {
        var (received, quietSince) = (-1, ContinuousClock.now)
        while quietSince + options.patience > .now {
            var (sum, areComplete) = (0, true)
            for master in masters {
                sum += await master.deliveries.received
                if await !master.isComplete { areComplete = false }
            }
            if areComplete { break }
            if sum != received { (received, quietSince) = (sum, .now) }
            try await Task.sleep(for: .milliseconds(10))
        }
        try await Task.sleep(for: options.aftermath)
    }

    /// Tells the progress until the task is cancelled.
    private func report(_ masters: [LoadMaster], _ writer: EventWriter?, since start: NIODeadline) async {
        while !Task.isCancelled {
            var (received, objects) = (0, 0)
            for master in masters {
                received += await master.deliveries.received
                objects += await master.objects
            }
            onProgress(
                .receiving(
                    seconds: (NIODeadline.now() - start).seconds, written: Int(await writer?.written ?? 0),
                    received: received, objects: objects))
            try? await Task.sleep(for: .milliseconds(250))
        }
    }
}

extension TimeAmount {
    var seconds: Double { Double(nanoseconds) / 1e9 }
    /// 0 if it is negative.
    var microseconds: UInt64 { UInt64(clamping: nanoseconds) / 1000 }
}
