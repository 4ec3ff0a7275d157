import Conformance
import ControllingStation
import DataStore
import IEC104Model
import NIOCore
import Testing

/// A tester operates and changes only what the profile declares, and blames a station for nothing but its own faults.
@Suite("Nothing but what is declared")
struct DeclaredOnlyTests {
    /// Runs cases against the station of the tests with another profile.
    private func run(
        _ pattern: String, sounded: Bool = true, _ change: (inout TestTarget) -> Void
    ) async throws -> [CaseResult] {
        let station = try await FaultyStation.start(nil)
        var target = station.target
        change(&target)
        if sounded { target = try await Sounding.sound(target) }
        let ids = try #require(CasePattern(pattern))
        let cases = Catalogue.cases.filter { ids.matches($0.id) }
        let results = await SuiteRunner(target).run(cases)
        await station.end()
        return results
    }

    /// Commands that were sent: types 45...51 and 58...64.
    private func commands(_ results: [CaseResult]) -> [(id: String, frame: ProbeFrame)] {
        results.flatMap { result in
            result.entries.compactMap { entry in
                guard case .sent(let octets) = entry.event else { return nil }
                let frame = ProbeFrame(octets, at: entry.time)
                let type = frame.type ?? 0
                let isCommand = (45...51).contains(type) || (58...64).contains(type)
                return isCommand ? (result.conformanceCase.id, frame) : nil
            }
        }
    }

    private static let aboutData = "DUI-*,GI-*,CMD-*,RD-*,TST-*,PAR-*,RED-1*,LNK-4*,LNK-5*"

    @Test("without a profile no command is sent, and nothing of class R")
    func noProfile() async throws {
        let results = try await run("PHY-12,LNK-65,LNK-78,GI-28,DUI-28,TST-0*,DUI-*,CMD-*,RD-*") { target in
            let pace = target.profile.pace
            target.profile = StationProfile()
            target.profile.pace = pace
        }
        #expect(commands(results).map(\.id) == [])
        for result in results where result.conformanceCase.conformanceClass == .robustness {
            #expect(result.verdict.reason.contains("robustness: true"), "\(result.conformanceCase.id)")
        }
        let test = results.first { $0.conformanceCase.id == "TST-05" }
        #expect(test?.verdict.reason.contains("testCommandWithoutTime") == true)
        // Found out, not declared: not for the suite to change.
        let changed = try await run("MON-06,MON-29") { $0.profile.points = [] }
        #expect(changed.allSatisfy { $0.verdict.reason == "the profile declares no points that may be changed" })
    }

    @Test("with one declared command, that one is operated with its own type, and no other")
    func oneCommand() async throws {
        let results = try await run(Self.aboutData) { target in
            target.profile.commands = [ProfileCommand(1, 2501, .C_SE_NC_1)]
            target.profile.functions?.remove(.timeTaggedCommands)
            target.profile.pace.prompt = .seconds(1)
        }
        let sent = commands(results)
        #expect(!sent.isEmpty)
        for (id, frame) in sent {
            #expect(frame.type == 50 && frame.asdu.count == 14, "\(id): \(frame)")
            // One that has to be told to be unknown: by its object address, or by its common address.
            let isUnknown =
                (id == "DUI-11" && frame.objectAddress != 2501) || (id == "DUI-09" && frame.commonAddress == 3)
            let isBroadcast = id == "DUI-18" && frame.commonAddress == 65_535
            let isDeclared = frame.objectAddress == 2501 && frame.commonAddress == 1
            #expect(isDeclared || isUnknown || isBroadcast, "\(id): \(frame)")
        }
    }

    @Test("without free addresses and class R, every command goes to a declared point")
    func declaredPlaces() async throws {
        let declared = FaultyStation.profile.commands
        let results = try await run(Self.aboutData) { target in
            target.profile.freeCommonAddress = nil
            target.profile.freeObjectAddress = nil
            target.profile.allowsRobustness = false
            target.profile.pace.prompt = .seconds(1)
        }
        let sent = commands(results)
        #expect(!sent.isEmpty)
        for (id, frame) in sent {
            let isDeclared = declared.contains {
                $0.commonAddress == frame.commonAddress && $0.objectAddress == frame.objectAddress
            }
            #expect(isDeclared, "\(id): \(frame)")
        }
        let verdicts = Dictionary(uniqueKeysWithValues: results.map { ($0.conformanceCase.id, $0.verdict) })
        #expect(verdicts["DUI-09"]?.hasPassed == true && verdicts["DUI-11"]?.hasPassed == true)
        for id in ["DUI-13", "PAR-07"] { #expect(verdicts[id]?.reason.contains("robustness: true") == true, "\(id)") }
    }

    @Test(
        "a clock that a case has set wrongly is set to the present behind that", arguments: ["CS-01", "CS-05", "CS-08"])
    func clock(_ id: String) async throws {
        let results = try await run(id) { _ in }
        let sent = results.flatMap(\.entries).compactMap { entry -> ProbeFrame? in
            guard case .sent(let octets) = entry.event else { return nil }
            let frame = ProbeFrame(octets, at: entry.time)
            return frame.type == 103 ? frame : nil
        }
        #expect(sent.count >= 2)
        var octets = ByteBuffer(bytes: sent.last?.asdu.suffix(CP56Time2a.encodedSize) ?? [])
        let moment = try CP56Time2a(decoding: &octets).millisecondsSince1970() ?? 0
        #expect(abs(moment - WallClock.milliseconds()) < 120_000)
    }

    @Test("CMD-56 is skipped where no direct single command is declared that is carried out at once")
    func burst() async throws {
        let results = try await run("CMD-56") { target in
            target.profile.commands = target.profile.commands.filter { $0.operation == .select }
        }
        #expect(results.first?.verdict.word == "skip")
        #expect(results.first?.verdict.reason.contains("direct single command") == true)
        #expect(commands(results).isEmpty)
    }

    @Test("CMD-56 has one command at a time under way at each point")
    func burstOfOne() async throws {
        let results = try await run("CMD-56") { target in
            target.profile.commands = Array(target.profile.commands.filter { $0.operation == .direct }.prefix(1))
        }
        let result = try #require(results.first)
        #expect(result.verdict.hasPassed, "\(result.verdict)")
        var isUnderWay = false
        for entry in result.entries {
            if case .sent(let octets) = entry.event, ProbeFrame(octets, at: entry.time).type == 45 {
                #expect(!isUnderWay)
                isUnderWay = true
            }
            if case .received(let octets) = entry.event, ProbeFrame(octets, at: entry.time).cause == 10 {
                isUnderWay = false
            }
        }
        #expect(commands(results).count == 100)
    }

    @Test(
        "a command that a process confirms isn't sent where there is no way to play it",
        arguments: ["CMD-24", "CMD-51"])
    func noProcess(_ id: String) async throws {
        let results = try await run(id) { target in
            var command = ProfileCommand(1, 2031, .C_SC_NA_1)
            command.isConfirmedByProcess = true
            if id == "CMD-24" { command.isRefused = true } else { command.returns = 1030 }
            target.profile.commands = [command]
        }
        #expect(results.first?.verdict.word == "skip")
        #expect(results.first?.verdict.reason.contains("--redis") == true)
    }

    @Test("a station whose common addresses are unknown is asked nothing about data, but its link is judged")
    func unknownAddress() async throws {
        let results = try await run("LNK-06,LNK-61,DUI-06,GI-01", sounded: false) { target in
            target.profile.commonAddresses = []
        }
        let words = Dictionary(uniqueKeysWithValues: results.map { ($0.conformanceCase.id, $0.verdict) })
        #expect(words["LNK-06"]?.hasPassed == true)
        for id in ["LNK-61", "DUI-06", "GI-01"] {
            #expect(words[id]?.reason.contains("no common address is known") == true, "\(id)")
        }
    }

    private struct BrokenFeed: ProcessFeed {
        func write(_ updates: [FeedUpdate]) async throws { throw StoreError.unavailable }
    }

    @Test("a store that fails is no fault of the station", arguments: ["MON-06", "MON-29"])
    func store(_ id: String) async throws {
        let results = try await run(id) { $0.feed = BrokenFeed() }
        #expect(results.first?.verdict.word == "inconclusive")
        #expect(results.first?.verdict.reason.contains("the store is not connected") == true)
    }

    private struct BrokenBench: StationBench {
        func withStation(
            _ setting: StationSetting, _ body: @Sendable (any OwnStation) async throws -> Void
        ) async throws { throw StoreError.unavailable }
    }

    @Test("a station of the bench that doesn't come up is no fault of the station")
    func bench() async throws {
        let results = try await run("RED-13,GI-25") { $0.bench = BrokenBench() }
        #expect(results.map(\.verdict.word) == ["inconclusive", "inconclusive"])
    }

    @Test("the bounds of a timer in the text are those that it is judged by")
    func bounds() {
        #expect(Catalogue.find("LNK-33")?.timing == "-\(ProbePace().early) to +\(ProbePace().late)")
        #expect(Catalogue.find("LNK-36")?.timing == "t2 after the first, +\(ProbePace().late)")
    }
}
