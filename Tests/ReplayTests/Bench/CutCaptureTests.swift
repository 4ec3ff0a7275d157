import Foundation
import TestBench
import Testing

/// A capture that breaks off: `feed`, `roundtrip` and `master` do what it holds, tell the fault, and end with 2.
@Suite("Captures that break off", .serialized)
struct CutCaptureTests {
    /// The first part of `type-scaled`, of so many octets.
    private func cut(to share: (Int) -> Int) throws -> OctetFile {
        let octets = try [UInt8](Data(contentsOf: URL(fileURLWithPath: OwnCaptures.path("type-scaled"))))
        return try OctetFile(Array(octets.prefix(share(octets.count))))
    }

    private func expectFault(_ result: ReplayPrograms.Result, _ file: OctetFile) {
        #expect(result.code == 2, Comment(rawValue: result.output.joined(separator: "\n")))
        #expect(result.errors.contains("\(file.path): the capture can't be read beyond packet "))
        #expect(result.errors.contains("tried to read") && result.errors.contains("copy it again"))
    }

    @Test("roundtrip: what was read comes out, and is reported", arguments: [2, 3])
    func roundtrip(_ part: Int) async throws {
        let file = try cut { $0 * (part - 1) / part - 5 }
        let (junit, json) = (file.path + ".xml", file.path + ".json")
        let result = try await ReplayPrograms.run([
            "roundtrip", file.path, "--report", "junit=\(junit)", "--report", "json=\(json)",
        ])
        expectFault(result, file)
        #expect(result.output.last?.hasSuffix("objects came out as recorded") == true)
        #expect(result.output.contains { $0.contains("COMPARED IN PART: the capture can't be read beyond packet") })
        #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<error message=\"the capture can"))
        let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
        let fields = try #require(report as? [String: Any])
        let compared = try #require(fields["compared"] as? Int)
        #expect((1..<26).contains(compared))
        #expect((fields["error"] as? String)?.contains("beyond packet") == true)
    }

    @Test(
        "one that can't be read at all is an error in the reports, which don't stay as they were", arguments: [0, 10])
    func unreadable(size: Int) async throws {
        let file = try cut { _ in size }
        let (junit, json) = (file.path + ".xml", file.path + ".json")
        for command in ["check", "roundtrip"] {
            for path in [junit, json] { try "as it was".write(toFile: path, atomically: true, encoding: .utf8) }
            let result = try await ReplayPrograms.run([
                command, file.path, "--report", "junit=\(junit)", "--report", "json=\(json)",
            ])
            #expect(result.code == 2, Comment(rawValue: result.output.joined(separator: "\n")))
            #expect(try String(contentsOfFile: junit, encoding: .utf8).contains("<error message="))
            #expect(try !String(contentsOfFile: json, encoding: .utf8).contains("\"error\":null"))
        }
    }

    @Test("feed: what was read is written, documents too")
    func feed() async throws {
        let file = try cut { $0 - 5 }
        try await withThrowawayRedis { redis in
            let result = try await ReplayPrograms.run([
                "feed", file.path, "--id", "cut", "redis", "--host", redis.host, "--port", "\(redis.port)", "--speed",
                "max",
            ])
            expectFault(result, file)
            #expect(result.output.first?.contains("24 values written to image and stream, 2 interrogation") == true)
            #expect(result.output.contains { $0.contains("WRITTEN IN PART: the capture can't be read beyond packet") })
            let length = try await redis.send(["XLEN", "process:updates"]).integer
            #expect(length == 24)
        }
        let documents = try await ReplayPrograms.run(["feed", file.path, "--mapping-json", "-"])
        expectFault(documents, file)
        #expect(documents.output.contains { $0.contains(#"{"casdu":1,"ioa":200,"type":35"#) })
    }

    @Test("master: what was read is replayed")
    func master() async throws {
        let file = try cut { $0 - 5 }
        let points = [(ioa: 100, type: 11, value: "-32768"), (ioa: 200, type: 35, value: "-32768")]
        try await LiveStation.with(points) { station in
            let result = try await ReplayPrograms.run(["master", file.path, station.host, "--speed", "max"])
            expectFault(result, file)
            #expect(result.output.contains { $0.contains("COMPARED IN PART: the capture can't be read") })
            #expect(result.output.last?.hasSuffix("6 answers as recorded") == true)
        }
    }
}
