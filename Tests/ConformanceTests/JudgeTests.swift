import Conformance
import TestBench
import Testing

/// Does the judge judge? A station that does one thing wrong has to fail in the cases that are about it, in no other, and
/// without the defect in none.
@Suite("The suite against stations with a defect")
struct JudgeTests {
    /// Cases that say nothing about a defect and take long: the longest waits, storms, and those around the wrap.
    private static let left = ["PHY-12", "PHY-13", "LNK-50", "LNK-51", "LNK-52", "LNK-78", "LNK-79"]

    /// Cases that have a station for themselves, and that the station of the tests can do what is asked for.
    private static let own: Set<String> = [
        "PHY-02", "LNK-43", "INI-01", "INI-04", "INI-05", "INI-06", "INI-07", "RED-13", "RED-14", "RED-19",
    ]
    /// Defects that only those show.
    private static let ownDefects: Set<Defect> = [
        .doesNotTellInitialization, .tellsInitializationAtConnect, .takesTooManyConnections,
    ]

    /// What fails because of a defect.
    private static let failing: [Defect: Set<String>] = [
        .ignoresK: ["PHY-09", "LNK-35", "LNK-36", "LNK-40", "LNK-41", "LNK-44", "LNK-47", "GI-22", "RED-10"],
        .confirmsStopWhilePending: ["LNK-08", "LNK-10", "LNK-11", "LNK-12", "GI-24"],
        .acceptsGaps: ["LNK-53"],
        .doesNotConfirmTests: [
            "PHY-08", "PHY-09", "LNK-03", "LNK-06", "LNK-14", "LNK-18", "LNK-22", "LNK-23", "LNK-24", "LNK-25",
        ],
        .hasNoT3: ["PHY-03", "PHY-06", "LNK-26", "LNK-27", "LNK-29", "LNK-30", "LNK-31", "LNK-65", "RED-18"],
        .doesNotAcknowledge: ["LNK-35", "LNK-36", "LNK-37", "LNK-44"],
        .doesNotTerminate: [
            "PHY-10", "LNK-61", "LNK-63", "DUI-17", "DUI-22", "DUI-32", "DUI-35", "DUI-36", "MON-06", "MON-11", "GI-01",
            "GI-02", "GI-03", "GI-04", "GI-05", "GI-06", "GI-07", "GI-08", "GI-12", "GI-13", "GI-14", "GI-15", "GI-16",
            "GI-18", "GI-19", "GI-20", "GI-21", "GI-22", "GI-29", "CI-01", "CI-09", "CI-13", "CI-15", "CI-16", "CI-17",
            "RED-17",
        ],
        .leavesOutAPoint: ["GI-02", "GI-14", "GI-15", "GI-18", "GI-22"],
        .reportsAPointTwice: ["GI-02", "GI-14", "GI-15", "GI-18", "GI-22"],
        .interrogatesWithTimeTags: ["MON-11", "GI-03"],
        .interrogatesWithCause3: [
            "DUI-22", "MON-06", "MON-11", "GI-01", "GI-02", "GI-04", "GI-06", "GI-14", "GI-15", "GI-18", "GI-20",
            "GI-21", "GI-22",
        ],
        .reportsWithBroadcastAddress: ["DUI-17", "GI-18"],
        .refusesWithoutNegativeBit: [
            "LNK-70", "DUI-01", "DUI-02", "DUI-03", "DUI-04", "DUI-05", "DUI-06", "DUI-07", "DUI-08", "DUI-09",
            "DUI-10", "DUI-11", "DUI-12", "DUI-13", "DUI-14", "DUI-15", "DUI-16", "DUI-18", "GI-11", "GI-29", "CI-14",
            "RD-03", "RD-04", "RD-06", "CS-07", "TST-03", "TST-05", "RST-04", "PAR-07", "FT-01",
        ],
        .doesNotMirrorOriginator: ["DUI-22", "DUI-24", "GI-15", "GI-21", "RD-05", "CMD-19"],
        .confirmsRead: ["RD-01"],
        .executesWithoutSelect: ["CMD-07", "CMD-08", "CMD-10", "CMD-15", "CMD-16", "CMD-20", "CMD-22", "RED-16"],
        .selectsForEverybody: ["CMD-14", "CMD-15", "RED-16"],
        .doesNotCompareValues: ["CMD-16"],
        .sendsAfterStop: ["LNK-07", "LNK-08", "LNK-09", "LNK-16", "LNK-17", "LNK-19", "GI-24", "CMD-21"],
        .answersCommandsTwice: [
            "LNK-47", "DUI-22", "CMD-01", "CMD-02", "CMD-03", "CMD-04", "CMD-06", "CMD-09", "CMD-14", "CMD-22",
            "CMD-31", "CMD-44", "CMD-46", "CMD-52", "CMD-56",
        ],
        .doesNotTerminateCommands: [
            "DUI-22", "CMD-01", "CMD-02", "CMD-03", "CMD-04", "CMD-06", "CMD-09", "CMD-14", "CMD-22", "CMD-31",
            "CMD-44", "CMD-46", "CMD-52", "CMD-56",
        ],
        .executesAtSelect: ["CMD-05"],
        .returnsWrongValue: [
            "DUI-22", "CMD-01", "CMD-02", "CMD-03", "CMD-04", "CMD-06", "CMD-09", "CMD-14", "CMD-22", "CMD-31",
            "CMD-44", "CMD-46", "CMD-52",
        ],
        .ignoresObjectCount: ["DUI-28"],
        .continuesInterrogation: ["GI-23"],
        .endsSessionsEarly: [
            "PHY-03", "PHY-06", "PHY-09", "LNK-12", "LNK-28", "LNK-30", "LNK-32", "LNK-33", "LNK-34", "CMD-08",
            "CMD-09",
        ],
        .obeysConfirmations: ["LNK-22"],
        .staysInCloseWait: ["PHY-04"],
        .reportsCountersWithCause3: ["CI-01", "CI-13"],
        .interrogatesCounters: ["GI-02", "GI-03", "GI-14", "GI-15", "GI-18", "GI-22", "CI-09"],
        .confirmsClockByBroadcast: ["CS-06"],
        .setsClockByAnyAddress: ["DUI-16", "CS-07"],
        .takesForbiddenStates: ["CMD-32"],
        .takesOldCommands: ["CMD-45", "CMD-50"],
        .dropsTimeTags: ["CMD-44", "CMD-46", "CMD-50"],
        .takesAnyStartOctet: ["LNK-66"],
        .executesShortRequests: ["DUI-26", "TST-06"],
        .takesDataWhenStopped: ["LNK-04", "LNK-13", "LNK-16"],
        .takesAnyAcknowledgement: ["LNK-56", "LNK-57"],
        .doesNotPiggyback: ["LNK-09", "LNK-33", "LNK-45", "LNK-46", "LNK-60"],
        .losesEvents: [
            "PHY-11", "LNK-19", "DUI-23", "MON-08", "MON-11", "MON-22", "MON-23", "MON-24", "MON-26", "MON-27",
            "MON-28", "MON-29", "MON-30", "MON-32", "MON-35", "MON-36", "RD-07", "CS-08", "RED-10", "RED-15",
        ],
        .executesTestCommands: ["DUI-19"],
        .reportsEventsWithOriginator: ["DUI-23"],
        .garblesTestCommands: ["DUI-16", "TST-01", "TST-02", "TST-03", "TST-04"],
        .executesSeveralObjects: ["DUI-30", "GI-27"],
        .confirmsFreeze: ["CI-08"],
        .doesNotTellInitialization: ["INI-01", "INI-07"],
        .tellsInitializationAtConnect: [
            "PHY-02", "LNK-43", "INI-01", "INI-04", "INI-05", "INI-07", "RED-13", "RED-19",
        ],
        .takesTooManyConnections: ["RED-13"],
    ]

    /// A run is mostly waiting, but begins many connections at once: few of them side by side.
    private static let turnstile = Turnstile(places: 8)

    /// Cases whose frames are malformed on purpose.
    private static let malformed: Set<String> = [
        "DUI-26", "DUI-27", "DUI-28", "DUI-29", "GI-28", "LNK-68", "LNK-73",
    ]
    /// What passes at a faultless station at least: all that can be judged, and is declared.
    private static let passing = 160

    private static func showsOwn(_ defect: Defect?) -> Bool { defect.map(ownDefects.contains) ?? true }

    private func results(_ defect: Defect?) async throws -> [CaseResult] {
        let expected = defect.flatMap { Self.failing[$0] } ?? []
        await Self.turnstile.enter()
        defer { Self.turnstile.leave() }
        let station = try await FaultyStation.start(Self.showsOwn(defect) ? nil : defect)
        var target = try await Sounding.sound(station.target)
        target.bench = FaultyBench(defect: defect)
        let cases = Catalogue.cases.filter { one in
            let isOwn = one.needs.contains(.ownStation)
            return isOwn
                ? Self.own.contains(one.id) && Self.showsOwn(defect)
                : !Self.left.contains(one.id) && defect.map { !Self.ownDefects.contains($0) } ?? true
        }
        let results = try await SuiteRunner(target).settledRun(cases) {
            $0.verdict.hasFailed != expected.contains($0.conformanceCase.id)
        }
        await station.end()
        return results
    }

    @Test("without a defect no case fails, and tshark finds nothing malformed but what is so on purpose")
    func faultless() async throws {
        let results = try await results(nil)
        let failures = results.filter(\.verdict.hasFailed)
        #expect(failures.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
        let passed = results.count(where: \.verdict.hasPassed)
        #expect(passed >= Self.passing)
        guard let tshark = CaptureCheck.tshark else { return }
        let faults = try await CaptureCheck.faults(of: results, tshark)
        #expect(faults.malformed.sorted() == Self.malformed.sorted())
        #expect(faults.unread.sorted() == [])
    }

    @Test("what the standard leaves to a station is no fault", arguments: Manner.allCases)
    func manners(_ manner: Manner) async throws {
        let station = try await FaultyStation.start(nil, StationSetting(), manner)
        var target = try await Sounding.sound(station.target)
        for id in ["GI-12", "GI-13", "CI-15", "CI-16"] { target.profile.choices[id] = "queue" }
        let ids = [
            "GI-01", "GI-02", "GI-12", "GI-13", "GI-16", "CI-15", "CI-16", "LNK-35", "LNK-36", "LNK-44", "DUI-04",
        ]
        let results = try await SuiteRunner(target).settledRun(ids.compactMap(Catalogue.find)) {
            !$0.verdict.hasPassed
        }
        await station.end()
        let others = results.filter { !$0.verdict.hasPassed }
        #expect(others.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
    }

    @Test("a station with a window below three is judged with what it can send", arguments: [1, 2])
    func smallWindow(_ k: Int) async throws {
        var setting = StationSetting()
        setting.link = LinkProfile(t1: 15, t2: 1, t3: 20, k: k, w: 1)
        let station = try await FaultyStation.start(nil, setting)
        var target = try await Sounding.sound(station.target)
        target.profile.link = k == 1 ? nil : setting.link
        let results = try await SuiteRunner(target).settledRun(
            ["LNK-10", "LNK-13", "LNK-14"].compactMap(Catalogue.find)
        ) {
            !$0.verdict.hasPassed
        }
        await station.end()
        let others = results.filter { !$0.verdict.hasPassed }
        #expect(others.map { "\($0.conformanceCase.id): \($0.verdict.reason)" } == [])
    }

    @Test("with a defect the cases about it fail, and no other", arguments: Defect.allCases)
    func faulty(_ defect: Defect) async throws {
        let failures = try await results(defect).filter(\.verdict.hasFailed)
        let ids = Set(failures.map(\.conformanceCase.id))
        let expected = Self.failing[defect] ?? []
        let reasons = failures.map { "\($0.conformanceCase.id): \($0.verdict.reason)" }.joined(separator: "\n")
        #expect(ids == expected, "\(defect)\nmissing \(expected.subtracting(ids).sorted())\n\(reasons)")
    }
}
