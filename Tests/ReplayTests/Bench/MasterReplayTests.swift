import Foundation
import TestBench
import Testing

/// `iec104-replay master` against the connector.
@Suite("iec104-replay master", .serialized)
struct MasterReplayTests {
    /// What `type-scaled.pcap` shows before its events.
    private static let scaled = [(ioa: 100, type: 11, value: "-32768"), (ioa: 200, type: 35, value: "-32768")]
    private static let arguments = ["master", OwnCaptures.path("type-scaled"), "--speed", "max", "--patience", "5"]

    private func replay(_ station: LiveStation, _ options: String...) async throws -> ReplayPrograms.Result {
        try await ReplayPrograms.run(Self.arguments + [station.host] + options)
    }

    @Test("the same station answers as recorded; a value that has changed since is told, unless values are ignored")
    func values() async throws {
        try await LiveStation.with(Self.scaled) { station in
            let equal = try await replay(station)
            #expect(equal.code == 0, Comment(rawValue: equal.output.joined(separator: "\n") + equal.errors))
            #expect(equal.output.last == "connection 0, 2 requests sent to \(station.host):2404: 6 answers as recorded")
            try await station.set(100, "5")
            try await eventually("the change arrives") {
                let changed = try await replay(station)
                return changed.code == 1
                    && changed.output.first?.contains("1:100  value: recorded M_ME_NB_1 (11) -32768") == true
            }
            let ignored = try await replay(station, "--ignore", "values")
            #expect(ignored.code == 0)
        }
    }

    @Test("points that are missing, of another type, or more than recorded are told, and other common addresses")
    func points() async throws {
        let points = [(ioa: 100, type: 13, value: "-32768"), (ioa: 300, type: 35, value: "1")]
        try await LiveStation.with(points) { station in
            let result = try await replay(station)
            #expect(result.code == 1)
            let differences = result.output.filter { $0.contains("1:") }
            #expect(differences.contains { $0.contains("1:100  type: recorded M_ME_NB_1 (11)") })
            #expect(differences.contains { $0.contains("1:200  missing: recorded M_ME_NB_1 (11)") })
            #expect(differences.contains { $0.contains("1:300  unexpected: answered M_ME_NB_1 (11)") })
            let additional = try await replay(station, "--ignore", "additional")
            #expect(!additional.output.contains { $0.contains("unexpected") })
            let elsewhere = try await replay(station, "--map-ca", "1=9")
            #expect(elsewhere.code == 1)
            #expect(elsewhere.output.contains { $0.contains("unknown-common-address negative") })
        }
    }

    @Test("commands are left out unless they are allowed; their answers are compared then, and time tags renewed")
    func commands() async throws {
        let commands = [(501, 45), (545, 45), (546, 46), (547, 47)]
        let capture = ["master", OwnCaptures.path("commands"), "--stream", "2", "--speed", "max"]
        try await LiveStation.with([], commands: commands.map { (ioa: $0.0, type: $0.1) }) { station in
            let folder = try TemporaryFolder("master")
            let (junit, json) = (folder.path + "/r.xml", folder.path + "/r.json")
            let without = try await ReplayPrograms.run(
                capture + [station.host, "--report", "junit=\(junit)", "--report", "json=\(json)"])
            #expect(without.code == 2)
            #expect(
                try String(contentsOfFile: junit, encoding: .utf8).contains("<error message=\"nothing to compare\""))
            #expect(try String(contentsOfFile: json, encoding: .utf8).contains("\"error\":\"nothing to compare\""))
            #expect(without.output.contains { $0.contains("left out: 1 C_SC_TA_1 (58)") })
            #expect(without.output.last?.hasSuffix("nothing to compare") == true)
            let count = try await station.commandCount()
            #expect(count == 0)
            let with = try await ReplayPrograms.run(capture + [station.host, "--allow-commands"])
            #expect(with.code == 0, Comment(rawValue: with.output.joined(separator: "\n") + with.errors))
            #expect(with.output.contains("  C_SC_TA_1 (58): 2 answers: all as recorded"))
            let after = try await station.commandCount()
            #expect(after == 1)
        }
    }

    @Test("no station, no capture: exit code 2; wrong usage: 64")
    func noRun() async throws {
        let nobody = try await ReplayPrograms.run(Self.arguments + [LoopbackAddress.next()])
        #expect(nobody.code == 2 && nobody.errors.contains("refused"))
        for wrong in [["--ignore", "colour"], ["--map-ca", "1"], ["--speed", "0"], ["--k", "2"]] {
            let result = try await ReplayPrograms.run(Self.arguments + ["127.0.0.1"] + wrong)
            #expect(result.code == 64)
        }
    }
}
