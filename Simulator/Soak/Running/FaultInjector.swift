import TestBench

/// Lets faults happen one after the other, and waits after each until the masters that stay receive again what is written.
struct FaultInjector: Sendable {
    let redis: ThrowawayRedis
    let station: SoakStation
    let masters: [SoakMaster]
    let writer: SoakWriter
    let disruptions: Disruptions
    let options: SoakOptions
    let tell: @Sendable (String) async throws -> Void

    /// Runs to the end of the duration.
    ///
    /// - Returns: the faults that have happened.
    /// - Throws: `BenchError` if the chain doesn't recover.
    func run(_ documents: SoakDocuments) async throws -> [FaultRecord] {
        var (random, documents, records) = (SeededGenerator(seed: options.seed), documents, [FaultRecord]())
        let severity = min(1, options.duration / .seconds(120))
        let start = ContinuousClock.now
        while true {
            for fault in SoakFault.round(severity, using: &random) {
                let share = Double.random(in: 0.2...1, using: &random)
                try await Task.sleep(for: options.pause * share)
                guard ContinuousClock.now - start < options.duration else { return records }
                let moment = ContinuousClock.now - start
                try await perform(fault, &documents)
                let recovery = try await waitForRecovery(from: fault)
                let memory = await station.noteMemory()
                records.append(FaultRecord(fault: fault, recovery: recovery))
                try await tell(
                    "\(seconds(moment)) s: \(fault); updates come through \(seconds(recovery)) s later "
                        + "(connector: \(memory >> 20) MiB)")
            }
        }
    }

    private func perform(_ fault: SoakFault, _ documents: inout SoakDocuments) async throws {
        switch fault {
        case .storeKilled(let time):
            await redis.kill()
            try await Task.sleep(for: time)
            try await redis.restart()
        case .storeStalled(let time):
            await redis.pause()
            try? await Task.sleep(for: time)
            await redis.resume()
        case .storeConnectionCut:
            // The one that hears of changed keys.
            try await redis.send(["CLIENT", "KILL", "TYPE", "pubsub"])
        case .connectorKilled(let time):
            try await disrupting { try await station.restart(after: time) }
        case .masterStalled(let time):
            for master in masters where master.name.hasPrefix("stalling") { await master.stall(for: time) }
        case .mappingChanged(let points):
            documents.sparePoints = points
            try await write(documents)
        case .parametersChanged(let k):
            guard k != documents.k else { return }
            documents.k = k
            let changed = documents
            try await disrupting { try await write(changed) }
        }
    }

    /// Changes something that ends every session there is, and waits until they have ended.
    private func disrupting(_ body: () async throws -> Void) async throws {
        disruptions.begin()
        var begun: [Int] = []
        for master in masters { begun.append(await master.sessionCounts.begun) }
        try await body()
        try await eventually("all sessions have ended", within: options.recoveryLimit) {
            for (master, begun) in zip(masters, begun) where await master.sessionCounts.ended < begun { return false }
            return true
        }
        disruptions.end()
    }

    private func write(_ documents: SoakDocuments) async throws {
        let keys = documents.keys
        try await eventually("the documents are written", within: options.recoveryLimit) {
            try await writer.set([
                keys.configuration: documents.configuration, keys.mapping: documents.mapping,
            ])
            return true
        }
    }

    private func waitForRecovery(from fault: SoakFault) async throws -> Duration {
        let (number, start) = (writer.nextNumber, ContinuousClock.now)
        do {
            try await eventually("updates come through after this: \(fault)", within: options.recoveryLimit) {
                for master in masters where master.name.hasPrefix("resident") {
                    guard await master.newestEvent >= number else { return false }
                }
                return true
            }
        } catch {
            throw BenchError("\(error); the connector's last lines:\n\(await station.tail)")
        }
        return ContinuousClock.now - start
    }

    private func seconds(_ time: Duration) -> Double { (time / .milliseconds(100)).rounded() / 10 }
}
