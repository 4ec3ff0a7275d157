import Foundation
import Replay
import Testing

@Suite("Golden decodes", .enabled(if: SharedCaptures.exists, "there is no ../shared/captures beside the repository"))
struct GoldenCaptureTests {
    /// Capture, golden decode, keys in which they differ, and whether only the order within a direction is the same.
    struct Example: Sendable, CustomTestStringConvertible {
        let capture: String
        let golden: String
        var ignored: [String] = []
        var isByDirection = false
        var testDescription: String { capture }
    }

    private static let session = "wireshark-iec104"
    static let examples: [Example] =
        [
            "emreekin-104IPValue", "emreekin-33", "emreekin-58_59", "emreekin-61", "emreekin-62", "emreekin-64",
            "iti-090813_diverse", "synthetic-stage_7", "uowm-c_ci_na_1-attacker1", "wireshark-iec104",
            "wireshark-iec104-apdu-frames", "wireshark-iec104-tcpgap",
        ].map { Example(capture: "\($0).pcap", golden: $0) } + [
            Example(capture: "wireshark-iec104_SQ.pcapng", golden: "wireshark-iec104_SQ"),
            Example(capture: "variants/62.pcapng", golden: "emreekin-62"),
            Example(capture: "variants/iec104-nsec.pcap", golden: session, ignored: ["t"]),
            Example(capture: "variants/iec104-bigendian.pcap", golden: session),
            Example(capture: "variants/iec104-vlan.pcap", golden: session),
            Example(capture: "variants/iec104-rawip.pcap", golden: session),
            Example(capture: "variants/iec104-port12404.pcap", golden: session, ignored: ["src", "dst"]),
            Example(
                capture: "variants/iec104-resegmented.pcap", golden: session, ignored: ["frame", "n", "t"],
                isByDirection: true),
            Example(
                capture: "variants/iec104-reordered.pcap", golden: session, ignored: ["frame", "n", "t"],
                isByDirection: true),
        ]

    @Test("every APDU is decoded as tshark decodes it, its quirks aside", arguments: examples)
    func decode(_ example: Example) throws {
        var feed = try CaptureFeed(path: SharedCaptures.folder.appending(path: example.capture).path)
        var format = DecodeJSON()
        var lines: [String] = []
        while let item = feed.next() {
            if case .traffic(let events) = item { for event in events { lines += format.lines(for: event) } }
        }
        let golden = try String(
            contentsOf: SharedCaptures.folder.appending(path: "\(example.golden).golden.jsonl"), encoding: .utf8)
        let decoded = try records(lines, example)
        let expected = try records(golden.split(separator: "\n").map(String.init), example)
        #expect(!expected.isEmpty)
        #expect(decoded.count == expected.count)
        for (decoded, expected) in zip(decoded, expected) { #expect(decoded == expected) }
    }

    private func records(_ lines: [String], _ example: Example) throws -> [NSDictionary] {
        let records = try lines.map { line in
            let parsed = try JSONSerialization.jsonObject(with: Data(line.utf8))
            var record = try #require(parsed as? [String: Any])
            // Quirks of the reference: stale octets taken for data, and nothing said of what is missing.
            for key in ["skipped", "error"] + example.ignored { record[key] = nil }
            if let objects = record["objects"] as? [[String: Any]] { record["objects"] = objects.map(withoutQuirks) }
            return record as NSDictionary
        }
        guard example.isByDirection else { return records }
        return ["c2s", "s2c"].flatMap { direction in records.filter { $0["dir"] as? String == direction } }
    }

    /// Values that the reference prints with six digits or in the wrong octet order are exact in `bits` and `nva`; it
    /// takes all time tags for UTC.
    private func withoutQuirks(_ object: [String: Any]) -> [String: Any] {
        var object = object
        if object["bits"] != nil || object["nva"] != nil { object["value"] = nil }
        if var time = object["time"] as? [String: Any] {
            if let show = time["show"] as? String {
                time["show"] = show.hasSuffix(" UTC") ? String(show.dropLast(4)) : show
            }
            object["time"] = time
        }
        return object
    }
}
