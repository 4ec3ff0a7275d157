import ControllingStation
import DataStore
import TestBench

/// A long run under faults: a throwaway Redis, the connector's program, masters of every kind, and at the end the balance of
/// what each master was sent with what the store holds. `SessionBalance` says what is guaranteed.
package struct Soak: Sendable {
    /// How long everything may take to come through after the last update.
    private static let drainLimit = Duration.seconds(60)

    private let options: SoakOptions
    private let tell: @Sendable (String) async throws -> Void

    /// - Parameter tell: takes lines for the user.
    package init(_ options: SoakOptions, tell: @escaping @Sendable (String) async throws -> Void) {
        self.options = options
        self.tell = tell
    }

    /// - Throws: `BenchError` if the chain can't be set up, or doesn't recover from a fault; `StoreError`.
    package func run() async throws -> SoakOutcome {
        try await tell("seed \(options.seed), \(Int(options.duration / .seconds(1))) s, \(Int(options.rate)) updates/s")
        return try await withThrowawayRedis(ThrowawayRedis.Options(isPersistent: true)) { redis in
            let documents = SoakDocuments(host: LoopbackAddress.next())
            let writer = SoakWriter(redis.configuration, origin: WallClock.milliseconds())
            try await writer.set([
                documents.keys.configuration: documents.configuration, documents.keys.mapping: documents.mapping,
            ])
            let keys = SoakPoint.all.filter { $0.kind == .undated }.map { ($0.key, #"{"value":0}"#) }
            try await writer.set(Dictionary(uniqueKeysWithValues: keys))
            try await writer.writeAll()
            let station = try await SoakStation(redis.configuration)
            do {
                let outcome = try await run(redis, documents, writer, station)
                await writer.close()
                return outcome
            } catch {
                _ = await station.stop()
                await writer.close()
                throw error
            }
        }
    }

    private func run(
        _ redis: ThrowawayRedis, _ documents: SoakDocuments, _ writer: SoakWriter, _ station: SoakStation
    ) async throws -> SoakOutcome {
        let disruptions = Disruptions()
        var random = SeededGenerator(seed: options.seed &+ 1)
        let conducts: [(String, SoakMaster.Conduct)] = [
            ("resident 1", .resident), ("resident 2", .resident), ("slow", .slow), ("stalling", .stalling),
            ("visiting 1", .visiting), ("visiting 2", .visiting), ("pausing", .pausing),
        ]
        let masters = conducts.map { name, conduct in
            SoakMaster(
                name, conduct, host: documents.host, writer: writer, disruptions: disruptions,
                random: SeededGenerator(seed: random.next()))
        }
        let injector = FaultInjector(
            redis: redis, station: station, masters: masters, writer: writer, disruptions: disruptions,
            options: options, tell: tell)
        let startMemory = await station.noteMemory()
        let writing = SeededGenerator(seed: random.next())
        let (faults, closing) = try await withThrowingTaskGroup(of: Void.self) { group in
            defer { group.cancelAll() }
            for master in masters { group.addTask { await master.run() } }
            let rate = options.rate
            group.addTask { await writer.run(rate: rate, random: writing) }
            let faults = try await injector.run(documents)
            return (faults, try await finish(masters, writer, station))
        }
        let stored = try await writer.stored()
        var balances: [MasterBalance] = []
        for (master, closing) in zip(masters, closing) {
            balances.append(
                MasterBalance(name: master.name, sessions: await master.sessions, closing: closing, stored))
        }
        let memory = SoakOutcome.Memory(
            start: startMemory, peak: await station.peakMemory, end: await station.noteMemory())
        let reports = try await ConnectorReports(redis, documents.keys)
        let exit = await station.stop()
        return SoakOutcome(
            seed: options.seed, entries: stored.stream.count, balances: balances, faults: faults, reports: reports,
            memory: memory, exit: "\(exit)", isExitClean: exit == .exited(0))
    }

    /// Lets everything come through, and interrogates.
    ///
    /// - Returns: what each master's closing interrogation says, by object address.
    private func finish(
        _ masters: [SoakMaster], _ writer: SoakWriter, _ station: SoakStation
    ) async throws -> [[UInt32: UInt32]] {
        for master in masters { await master.finish() }
        writer.stop()
        try await eventually("the last updates are written", within: Self.drainLimit) {
            try await writer.writeAll()
            return true
        }
        let stored = try await writer.stored()
        var closing: [[UInt32: UInt32]] = []
        for master in masters {
            do {
                try await eventually("\(master.name) has received everything", within: Self.drainLimit) {
                    let latest = await master.latest
                    return stored.image.allSatisfy { latest[$0.key] == $0.value }
                }
            } catch {
                // What is missing shows in the balance.
                try await tell("\(error)")
            }
            closing.append((try? await master.interrogate()) ?? [:])
        }
        if let reason = await station.deathReason {
            throw BenchError("the connector has ended: \(reason)\n\(await station.tail)")
        }
        return closing
    }
}
