import ControllingStation
import Synchronization

/// Runs cases against a station: those that don't disturb one another side by side.
package struct SuiteRunner: Sendable {
    /// What a run tells while it goes on.
    package enum Event: Sendable {
        case began(ConformanceCase)
        case ended(CaseResult)
    }

    /// Cases side by side at most, whatever the station takes.
    private static let mostAtOnce = 48
    /// Connections that a case needs at most.
    private static let connectionsPerCase = 3

    private let target: TestTarget
    private let lease = PointLease()
    private let witness = Witness()

    /// - Parameter target: sounded, see `Sounding`.
    package init(_ target: TestTarget) {
        self.target = target
    }

    /// Runs cases and gives their results in the order they were given in. Once the task is cancelled, the cases that
    /// haven't ended are skipped as interrupted.
    ///
    /// - Parameter onEvent: told of each beginning and end, by any thread.
    package func run(
        _ cases: [ConformanceCase], onEvent: @escaping @Sendable (Event) -> Void = { _ in }
    ) async -> [CaseResult] {
        var results: [String: CaseResult] = [:]
        func take(_ result: CaseResult) { results[result.conformanceCase.id] = result }
        var runnable: [ConformanceCase] = []
        for one in cases {
            if let reason = obstacle(one) {
                let result = CaseResult(one, .skipped(reason))
                onEvent(.ended(result))
                take(result)
            } else {
                runnable.append(one)
            }
        }
        for company in [ConformanceCase.Company.quiet, .feeding, .alone, .last] {
            let group = runnable.filter { $0.company == company }
            for result in await run(group, atOnce: atOnce(company), onEvent) { take(result) }
        }
        return cases.map { results[$0.id] ?? CaseResult($0, .skipped(CaseResult.interruption)) }
    }

    /// Why a case can't be run; nil if nothing is in the way.
    private func obstacle(_ one: ConformanceCase) -> String? {
        if !one.obstacle.isEmpty { return one.obstacle }
        if one.conformanceClass == .robustness, !target.profile.allowsRobustness {
            return "class R goes beyond the standard, and the profile doesn't say robustness: true"
        }
        let isAboutData = !["PHY", "LNK"].contains(one.section)
        if isAboutData, let obstacle = Need.commonAddress.obstacle(target) { return obstacle }
        return one.needs.lazy.compactMap { $0.obstacle(target) }.first
    }

    private func atOnce(_ company: ConformanceCase.Company) -> Int {
        switch company {
        case .quiet, .feeding:
            let connections = target.profile.connections ?? 1
            return min(max(connections / Self.connectionsPerCase, 1), Self.mostAtOnce)
        case .alone, .last: return 1
        }
    }

    private func run(
        _ cases: [ConformanceCase], atOnce: Int, _ onEvent: @escaping @Sendable (Event) -> Void
    ) async -> [CaseResult] {
        await withTaskGroup(of: CaseResult?.self) { group in
            var results: [CaseResult] = []
            // The longest first, so that none of them is left over at the end.
            var waiting = cases.sorted { $0.isLong && !$1.isLong }[...]
            var running = 0
            while true {
                if running < atOnce, !Task.isCancelled, let next = waiting.popFirst() {
                    onEvent(.began(next))
                    running += 1
                    group.addTask { await self.run(next) }
                } else if let ended = await group.next() {
                    running -= 1
                    guard let result = ended else { continue }
                    witness.look(at: result)
                    onEvent(.ended(result))
                    results.append(result)
                } else {
                    return results
                }
            }
        }
    }

    /// Runs one case; nil if it was cancelled.
    private func run(_ one: ConformanceCase) async -> CaseResult? {
        let log = FrameLog()
        let run = CaseRun(target, log: log, lease: lease, witness: witness)
        let start = ContinuousClock.now
        let stop = await outcome(one, run)
        await run.end()
        // What a cancelled case says of the station isn't reliable.
        if stop != nil, Task.isCancelled { return nil }
        return CaseResult(
            one, verdict(one, stop, observed: run.observed), observed: run.observed, entries: log.entries,
            duration: ContinuousClock.now - start)
    }

    /// What ended the steps; nil if they came to their end.
    private func outcome(_ one: ConformanceCase, _ run: CaseRun) async -> (any Error)? {
        guard let steps = one.steps else { return nil }
        let limit = run.t3 * 12 + run.t1 * 4 + run.pace.interrogation * 3 + .seconds(120)
        do {
            try await withTimeLimit(limit) {
                try await steps(run)
                try await run.expectLiveness()
            }
            return nil
        } catch {
            return error
        }
    }

    private func verdict(_ one: ConformanceCase, _ stop: (any Error)?, observed: String) -> Verdict {
        switch stop {
        case let stop as CaseStop:
            switch stop {
            case .failed(let expected, let came): return .failed(.init(expected: expected, came: came))
            case .skipped(let reason): return .skipped(reason)
            case .inconclusive(let reason): return .inconclusive(reason)
            }
        // The store, say, or a connector of the bench: no fault of the station.
        case let error?: return .inconclusive("the bench failed: \(error)")
        case nil: break
        }
        guard !observed.isEmpty, !one.answers.isEmpty else { return .passed }
        guard let declared = target.profile.choices[one.id] else {
            return .skipped("left open by the standard, and nothing is declared; observed: \(observed)")
        }
        guard declared == one.declaration(observed) ?? observed else {
            return .failed(.init(expected: "\(declared), as the profile declares", came: observed))
        }
        return .passed
    }
}

extension ConformanceCase {
    /// True for cases that wait for timers.
    var isLong: Bool { timing.contains("t3") || timing.contains("t1") }
}

/// Runs an operation, but no longer than `limit`.
func withTimeLimit(_ limit: Duration, _ operation: @escaping @Sendable () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
            try await operation()
            return true
        }
        group.addTask {
            try await Task.sleep(for: limit)
            return false
        }
        defer { group.cancelAll() }
        if try await group.next() == false {
            throw CaseStop.failed(expected: "an end within \(limit.secondsText) s", came: "none")
        }
    }
}
