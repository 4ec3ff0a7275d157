import DataStore
import Foundation
import TestBench
import Testing

/// `iec104-replay feed`.
@Suite("iec104-replay feed", .serialized)
struct FeedProgramTests {
    private static let capture = OwnCaptures.path("type-scaled")

    @Test("events go to image and stream as recorded, and the documents make a connector that serves them")
    func feed() async throws {
        try await withThrowawayRedis { redis in
            let arguments = ["feed", Self.capture, "redis", "--host", redis.host, "--port", "\(redis.port)"]
            let result = try await ReplayPrograms.run(arguments + ["--speed", "max", "--id", "fed"])
            #expect(result.code == 0, Comment(rawValue: result.errors))
            #expect(result.output.first?.contains("24 values written to image and stream, 2 interrogation") == true)
            let length = try await redis.send(["XLEN", "process:updates"]).integer
            #expect(length == 24)
            let key = "process:image:casdu:1:ioa:200"
            let document = try await redis.send(["GET", key]).string
            #expect(
                document?.hasPrefix(#"{"casdu":1,"ioa":200,"type":35,"value":32767,"quality":240,"cot":5,"#) == true)
            let mapping = try await redis.send(["GET", StoreKeys(id: "fed").mapping]).string
            #expect(mapping?.contains(#"{"casdu":1,"ioa":200,"type":35}"#) == true)
            let again = try await ReplayPrograms.run(arguments + ["--speed", "max", "--id", "fed"])
            #expect(again.code == 2 && again.errors.contains("--replace"))
        }
    }

    @Test("the speed is that of the recording, times the factor")
    func speed() async throws {
        try await withThrowawayRedis { redis in
            let start = ContinuousClock.now
            let result = try await ReplayPrograms.run([
                "feed", OwnCaptures.path("busy-hour"), "redis", "--host", redis.host, "--speed", "2",
            ])
            #expect(result.code == 0)
            // It was recorded in more than 4 s.
            #expect(ContinuousClock.now - start > .seconds(1.5))
        }
    }

    @Test("documents alone; no store: exit code 2; wrong usage: 64")
    func documents() async throws {
        let mapping = try await ReplayPrograms.run(["feed", Self.capture, "--mapping-json", "-"])
        #expect(mapping.code == 0 && mapping.output.first == #"{ "points": ["#)
        let nobody = try await ReplayPrograms.run(["feed", Self.capture, "redis", "--host", LoopbackAddress.next()])
        #expect(
            nobody.code == 2 && nobody.errors.contains("the store can't be used") && nobody.errors.contains("--host"))
        let nowhere = try await ReplayPrograms.run(["feed", Self.capture, "--mapping-json", "/absent/mapping.json"])
        #expect(nowhere.code == 2 && nowhere.errors.contains("/absent/mapping.json can't be written: No such file"))
        let empty = try OctetFile(CaptureOctets(.pcap).octets)
        let nothing = try await ReplayPrograms.run(["feed", empty.path, "--mapping-json", "-"])
        #expect(nothing.code == 2 && nothing.errors.contains("no point in it"))
        let folder = try TemporaryFolder("feed")
        let (mine, new) = (folder.path + "/mapping.json", folder.path + "/config.json")
        try "mine".write(toFile: mine, atomically: true, encoding: .utf8)
        let files = ["--mapping-json", mine, "--config-json", new]
        let careful = try await ReplayPrograms.run(["feed", Self.capture] + files)
        #expect(careful.code == 2 && careful.errors.contains("\(mine) exist already"))
        #expect(try String(contentsOfFile: mine, encoding: .utf8) == "mine")
        #expect(!FileManager.default.fileExists(atPath: new))
        let replaced = try await ReplayPrograms.run(["feed", Self.capture] + files + ["--replace"])
        #expect(replaced.code == 0)
        #expect(try String(contentsOfFile: mine, encoding: .utf8).contains("points"))
        for wrong in [[], ["redis", "--speed", "fast"], ["--id", "x"], ["redis", "--replace"]] {
            let result = try await ReplayPrograms.run(["feed", Self.capture] + wrong)
            #expect(result.code == 64)
        }
    }
}
