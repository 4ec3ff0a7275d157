import Foundation
import TestBench
import Testing

/// What captures monitored goes through Redis and the connector, and comes out as recorded. In a process of its own and one
/// after the other, because each takes a Redis, a connector, and a processor.
@Suite("Round trips", .serialized)
struct RoundtripTests {
    /// Runs the program.
    ///
    /// - Returns: the objects that were compared.
    private func roundtrip(_ path: String) async throws -> Int {
        let folder = try TemporaryFolder("roundtrip")
        let json = folder.path + "/r.json"
        let result = try await ReplayPrograms.run(["roundtrip", path, "--report", "json=\(json)"])
        #expect(result.code == 0, Comment(rawValue: result.output.joined(separator: "\n") + result.errors))
        let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: json)))
        let fields = try #require(report as? [String: Any])
        #expect(fields["total"] as? Int == 0)
        return try #require(fields["compared"] as? Int)
    }

    @Test("everything that the project has recorded", arguments: OwnCaptures.names)
    func own(_ name: String) async throws {
        let compared = try await roundtrip(OwnCaptures.path(name))
        #expect(compared >= (name.hasPrefix("type-") ? 13 : 4))
    }

    @Test(
        "what stations of others have monitored, but for their own affairs",
        .enabled(if: SharedCaptures.exists, "there is no ../shared/captures beside the repository"),
        arguments: [
            ("emreekin-104IPValue", 8), ("emreekin-33", 3), ("emreekin-58_59", 5), ("emreekin-61", 7),
            ("emreekin-62", 10), ("emreekin-64", 8), ("iti-090813_diverse", 28), ("uowm-c_ci_na_1-attacker1", 562),
            ("wireshark-iec104", 126), ("wireshark-iec104-tcpgap", 20),
        ])
    func shared(_ name: String, _ count: Int) async throws {
        let compared = try await roundtrip(SharedCaptures.folder.appending(path: "\(name).pcap").path)
        #expect(compared == count)
    }
}
