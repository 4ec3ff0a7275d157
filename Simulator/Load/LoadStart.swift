import ControllingStation
import NIOCore

/// What comes before the load: all connections, and all interrogations at the same time.
struct LoadStart: Sendable {
    /// Connections that are established at the same time.
    private static let connectingAtOnce = 32

    private let options: LoadOptions
    private let onProgress: @Sendable (LoadProgress) -> Void

    init(_ options: LoadOptions, _ onProgress: @escaping @Sendable (LoadProgress) -> Void) {
        self.options = options
        self.onProgress = onProgress
    }

    /// Connects and starts data transfer on each connection.
    ///
    /// - Throws: `LoadFault`; `CancellationError`.
    func connect(_ outcome: inout LoadOutcome) async throws -> [LoadMaster] {
        var masters: [LoadMaster] = []
        let begin = NIODeadline.now()
        do {
            try await withThrowingTaskGroup(of: LoadMaster.self) { group in
                // The first ones at once, and another one whenever one of them is there.
                var waiting = (1...max(options.connections, 1)).makeIterator()
                func addNext() {
                    guard let number = waiting.next() else { return }
                    group.addTask { try await orFault(number) { try await LoadMaster.start(options) } }
                }
                for _ in 0..<Self.connectingAtOnce { addNext() }
                while let master = try await group.next() {
                    masters.append(master)
                    addNext()
                    onProgress(.connected(masters.count, of: options.connections))
                }
            }
        } catch {
            for master in masters { await master.connection.close() }
            throw error
        }
        outcome.startSeconds = (NIODeadline.now() - begin).seconds
        for master in masters { outcome.starts.record(master.startTime.microseconds) }
        return masters
    }

    /// Interrogates on all connections at once, if that is wanted, and makes sure that all of them still stand.
    ///
    /// - Throws: `LoadFault`; `CancellationError`.
    func interrogate(_ masters: [LoadMaster], _ outcome: inout LoadOutcome) async throws {
        if let address = options.interrogated {
            try await withThrowingTaskGroup(of: (duration: TimeAmount, points: Int).self) { group in
                for (number, master) in zip(1..., masters) {
                    group.addTask {
                        try await orFault(number) {
                            let answer = try await master.connection.interrogate(commonAddress: address)
                            return (answer.duration, answer.points.count)
                        }
                    }
                }
                for try await (duration, points) in group {
                    outcome.interrogations.record(duration.microseconds)
                    outcome.interrogationSeconds = max(outcome.interrogationSeconds, duration.seconds)
                    outcome.interrogatedPoints += points
                    onProgress(.interrogated(Int(outcome.interrogations.totalCount), of: masters.count))
                }
            }
        }
        for (number, master) in zip(1..., masters) {
            guard let reason = await master.connection.closeReason else { continue }
            throw LoadFault(number: number, connections: options.connections, reason: "\(reason)", isStation: true)
        }
    }

    private func orFault<Result>(_ number: Int, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw error
        } catch {
            var isStation = true
            if case ConnectFault.refused = error { isStation = false }
            throw LoadFault(
                number: number, connections: options.connections, reason: "\(error)", isStation: isStation)
        }
    }
}
