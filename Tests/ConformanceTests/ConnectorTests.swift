import Conformance
import ConformanceBench
import ControllingStation
import TestBench
import Testing

/// The suite against the bundled connector: all that can be judged has to pass.
@Suite("The bundled connector")
struct ConnectorTests {
    @Test("every case that it can be judged by passes, more than 290 of them, by what it says")
    func connector() async throws {
        let bench = try SelfBench(pace: .patient)
        let results = try await bench.withTarget { target in
            try await SuiteRunner(try await Sounding.sound(target)).settledRun(Catalogue.cases) { result in
                switch result.verdict {
                case .passed, .skipped: false
                case .failed, .inconclusive: true
                }
            }
        }
        let failures = results.filter(\.verdict.hasFailed)
        #expect(failures.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
        let unclear = results.filter { if case .inconclusive = $0.verdict { true } else { false } }
        #expect(unclear.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
        #expect(results.count(where: \.verdict.hasPassed) > 290)
        // Those that need somebody who answers commands.
        let passed = Set(results.filter(\.verdict.hasPassed).map(\.conformanceCase.id))
        #expect(passed.isSuperset(of: ["CMD-24", "CMD-25", "CMD-26", "CMD-27", "CMD-51", "CMD-55"]))
        // What a report says that was sent has been sent.
        let untrue = results.filter(\.verdict.hasPassed).filter { !StimulusCheck.missing($0).isEmpty }
        #expect(untrue.map { "\($0.conformanceCase.id): \(StimulusCheck.missing($0))" } == [])
        #expect(results.filter { $0.verdict.reason.contains("nothing is declared") }.map(\.conformanceCase.id) == [])
    }
}

extension ProbePace {
    /// For machines that other tests keep busy.
    static var patient: ProbePace {
        var pace = ProbePace()
        pace.prompt = .seconds(6)
        pace.late = .seconds(2)
        return pace
    }
}
