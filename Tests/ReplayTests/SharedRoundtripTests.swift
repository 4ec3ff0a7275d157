import ReplayBench
import Testing

/// What stations of others have monitored comes out of the connector as recorded.
@Suite(
    "Round trips of others",
    .enabled(if: SharedCaptures.exists, "there is no ../shared/captures beside the repository"))
struct SharedRoundtripTests {
    @Test(
        "every value of a point, once its stations' own affairs are left out",
        arguments: [
            ("emreekin-104IPValue", 8), ("emreekin-33", 3), ("emreekin-58_59", 5), ("emreekin-61", 7),
            ("emreekin-62", 10), ("emreekin-64", 8), ("iti-090813_diverse", 28), ("uowm-c_ci_na_1-attacker1", 562),
            ("wireshark-iec104", 126), ("wireshark-iec104-tcpgap", 20),
        ])
    func roundtrip(_ name: String, _ count: Int) async throws {
        let report = try await Roundtrip(file: SharedCaptures.folder.appending(path: "\(name).pcap").path).run()
        #expect(report.compared == count)
        #expect(report.total == 0, Comment(rawValue: report.lines.joined(separator: "\n")))
    }
}
