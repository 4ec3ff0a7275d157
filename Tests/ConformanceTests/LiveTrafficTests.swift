import Conformance
import ConformanceBench
import TestBench
import Testing

/// A station in service sends events all the time. That is no fault in any case: each passes, or tells why it couldn't be
/// judged.
@Suite("The suite against stations with traffic of their own")
struct LiveTrafficTests {
    /// Why a case can't be judged while events come all the time.
    private static let reasons = [
        "never fell silent", "events of the station took the numbers", "the station sent events all the time",
    ]
    /// Cases that have a station for themselves, or take long and say nothing about it.
    private static let left = ["PHY-12", "PHY-13", "LNK-50", "LNK-51", "LNK-78", "LNK-79"]

    private static let cases = Catalogue.cases.filter {
        !left.contains($0.id) && !$0.needs.contains(.ownStation) && $0.steps != nil
    }

    private static func isFault(_ result: CaseResult) -> Bool {
        switch result.verdict {
        case .passed, .skipped: false
        case .inconclusive(let reason): !reasons.contains(where: reason.contains)
        case .failed: true
        }
    }

    private func expectNoFault(_ results: [CaseResult]) {
        let faults = results.filter(Self.isFault)
        #expect(faults.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
        #expect(results.count(where: \.verdict.hasPassed) > 100)
        // The timers couldn't be looked at, and nothing may say that they were.
        let passed = Set(results.filter(\.verdict.hasPassed).map(\.conformanceCase.id))
        #expect(passed.isDisjoint(with: ["LNK-26", "LNK-30", "LNK-31", "RED-18"]))
    }

    @Test("a small station, twenty events a second")
    func station() async throws {
        let station = try await FaultyStation.start(nil)
        station.startTraffic()
        let target = try await Sounding.sound(station.target)
        let results = try await SuiteRunner(target).settledRun(Self.cases, surprising: Self.isFault)
        await station.end()
        expectNoFault(results)
    }

    @Test("the bundled connector, twenty events a second in its store")
    func connector() async throws {
        let bench = try SelfBench(pace: .patient)
        let results = try await bench.withTarget { target in
            try await withThrowingTaskGroup(of: [CaseResult]?.self) { group in
                group.addTask {
                    try await Self.write(to: target)
                    return nil
                }
                group.addTask {
                    let target = try await Sounding.sound(target)
                    return try await SuiteRunner(target).settledRun(Self.cases, surprising: Self.isFault)
                }
                defer { group.cancelAll() }
                while let results = try await group.next() {
                    if let results { return results }
                }
                return []
            }
        }
        expectNoFault(results)
    }

    /// Changes points that no case changes, until the task is cancelled.
    private static func write(to target: TestTarget) async throws {
        let points = target.profile.points.filter { [65_535, 65_536, 16_777_215].contains($0.objectAddress) }
        var number = 0
        while !Task.isCancelled {
            number += 1
            try await target.feed?.write([FeedUpdate(points[number % points.count], .integer(number))])
            try? await Task.sleep(for: .milliseconds(50))
        }
    }
}
