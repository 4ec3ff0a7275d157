import Conformance
import TestBench
import Testing

/// Does the judge judge? A station that does one thing wrong has to fail in the cases that are about it, in no other, and
/// without the defect in none.
@Suite("The suite against stations with a defect")
struct JudgeTests {
    /// Cases that say nothing about a defect and take long: the longest waits, storms, and those around the wrap.
    private static let left = ["PHY-12", "PHY-13", "LNK-50", "LNK-51", "LNK-52", "LNK-78", "LNK-79"]

    /// What fails because of a defect.
    private static let failing: [Defect: Set<String>] = [
        .ignoresK: ["GI-22", "LNK-35", "LNK-36", "LNK-40", "LNK-41", "LNK-44", "LNK-47", "PHY-09", "RED-10"],
        .confirmsStopWhilePending: ["GI-24", "LNK-10", "LNK-11", "LNK-12"],
        .acceptsGaps: ["LNK-53"],
        .hasNoT3: ["LNK-26", "LNK-27", "LNK-29", "LNK-30", "LNK-31", "LNK-65", "PHY-03", "PHY-06", "RED-18"],
        .doesNotAcknowledge: ["LNK-35", "LNK-36", "LNK-37", "LNK-44"],
        .doesNotTerminate: [
            "CI-09", "DUI-17", "DUI-22", "DUI-32", "DUI-35", "DUI-36", "GI-01", "GI-02", "GI-03", "GI-04", "GI-05",
            "GI-06", "GI-07", "GI-08", "GI-12", "GI-13", "GI-14", "GI-15", "GI-16", "GI-18", "GI-19", "GI-20", "GI-21",
            "GI-22", "GI-29", "LNK-61", "LNK-63", "MON-06", "MON-11", "PHY-10", "RED-17",
        ],
        .doesNotConfirmTests: [
            "LNK-03", "LNK-06", "LNK-14", "LNK-18", "LNK-22", "LNK-23", "LNK-24", "LNK-25", "PHY-08",
            "PHY-09",
        ],
        .leavesOutAPoint: ["GI-02", "GI-14", "GI-15", "GI-18", "GI-22"],
        .reportsAPointTwice: ["GI-02", "GI-14", "GI-15", "GI-18", "GI-22"],
        .interrogatesWithTimeTags: ["GI-03", "MON-11"],
        .interrogatesWithCause3: [
            "DUI-22", "GI-01", "GI-02", "GI-04", "GI-06", "GI-14", "GI-15", "GI-18", "GI-20", "GI-21", "GI-22",
            "MON-06", "MON-11",
        ],
        .reportsWithBroadcastAddress: ["DUI-17", "GI-18"],
        .refusesWithoutNegativeBit: [
            "DUI-01", "DUI-02", "DUI-03", "DUI-04", "DUI-05", "DUI-06", "DUI-07", "DUI-08", "DUI-09", "DUI-10",
            "DUI-11", "DUI-13", "DUI-14", "DUI-15", "DUI-16", "DUI-18", "FT-01", "GI-11", "GI-29", "LNK-70", "PAR-07",
            "RD-03", "RD-04", "RD-06", "RST-04", "TST-03", "TST-05",
        ],
        .doesNotMirrorOriginator: ["CMD-19", "DUI-22", "DUI-24", "GI-15", "GI-21", "RD-05"],
        .confirmsRead: ["RD-01"],
        .executesWithoutSelect: ["CMD-07", "CMD-08", "CMD-10", "CMD-15", "CMD-16", "CMD-20", "CMD-22", "RED-16"],
        .selectsForEverybody: ["CMD-14", "CMD-15", "RED-16"],
        .doesNotCompareValues: ["CMD-16"],
        .sendsAfterStop: ["CMD-21", "GI-24", "LNK-07", "LNK-16", "LNK-17", "LNK-19"],
        .answersCommandsTwice: [
            "CMD-01", "CMD-02", "CMD-03", "CMD-04", "CMD-06", "CMD-09", "CMD-14", "CMD-22", "CMD-52", "CMD-56",
            "DUI-22", "LNK-47",
        ],
    ]

    /// A run is mostly waiting, but begins many connections at once: few of them side by side.
    private static let turnstile = Turnstile(places: 6)

    private func failures(_ defect: Defect?) async throws -> [CaseResult] {
        let expected = defect.flatMap { Self.failing[$0] } ?? []
        await Self.turnstile.enter()
        defer { Self.turnstile.leave() }
        let station = try await FaultyStation.start(defect)
        let target = try await Sounding.sound(station.target)
        let results = try await SuiteRunner(target).settledRun(Catalogue.cases.filter { !Self.left.contains($0.id) }) {
            $0.verdict.hasFailed != expected.contains($0.conformanceCase.id)
        }
        await station.stop()
        #expect(results.count(where: \.verdict.hasPassed) > 20)
        return results.filter(\.verdict.hasFailed)
    }

    @Test("without a defect no case fails")
    func faultless() async throws {
        let failures = try await failures(nil)
        #expect(failures.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
    }

    @Test("with a defect the cases about it fail, and no other", arguments: Defect.allCases)
    func faulty(_ defect: Defect) async throws {
        let failures = try await failures(defect)
        let ids = Set(failures.map(\.conformanceCase.id))
        let expected = Self.failing[defect] ?? []
        let reasons = failures.map { "\($0.conformanceCase.id): \($0.verdict.reason)" }.joined(separator: "\n")
        #expect(ids == expected, "\(defect)\nmissing \(expected.subtracting(ids).sorted())\n\(reasons)")
    }
}
