import Foundation
import Load
import Testing

@Suite("What a load reports")
struct ReportTests {
    private var outcome: LoadOutcome {
        var outcome = LoadOutcome()
        (outcome.startSeconds, outcome.seconds, outcome.writeSeconds) = (0.5, 2, 1)
        for microseconds: UInt64 in [1000, 2000] { outcome.starts.record(microseconds) }
        for microseconds: UInt64 in 1...1000 { outcome.latencies.record(microseconds) }
        (outcome.written, outcome.writeDelay) = (1001, 1500)
        var record = DeliveryRecord()
        for index: UInt32 in [0, 2, 1, 1] { record.take(index) }
        outcome.connections = [
            ConnectionOutcome(
                number: 1, deliveries: DeliveryRecord(), lost: 0, foreign: 0, objects: 5, closeReason: nil),
            ConnectionOutcome(number: 2, deliveries: record, lost: 998, foreign: 1, objects: 4, closeReason: .remote),
        ]
        return outcome
    }

    @Test("the table has counts, rates, percentiles and the faults of each connection")
    func table() {
        let lines = LoadTable.text(outcome).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.contains { $0.contains("connected, started") && $0.contains("2         4.0  1.000") })
        #expect(lines.contains { $0.contains("events received") && $0.contains("0.500  0.900  0.990") })
        #expect(lines.contains("FAILED: 1 of 2 connections stood; lost 998, duplicated 1, out of order 1"))
        #expect(
            lines.contains("  connection 2: lost 998, duplicated 1, out of order 1; closed by the other end"))
        #expect(lines.contains { $0.contains("1.500 ms after their time") })
        #expect(!lines.contains { $0.contains("interrogations") })
    }

    @Test("JSON has the same figures, and all connections")
    func json() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(LoadJSON.text(outcome).utf8)) as? [String: Any])
        #expect(object["even"] as? Bool == false)
        #expect(object["lost"] as? Int == 998)
        let latency = try #require(object["latency"] as? [String: Any])
        #expect(latency["p50Ms"] as? Double == 0.5)
        #expect(latency["maxMs"] as? Double == 1)
        let connections = try #require(object["perConnection"] as? [[String: Any]])
        #expect(connections.map { $0["duplicates"] as? Int } == [0, 1])
        #expect(connections.map { $0["ended"] as? String } == [nil, "closed by the other end"])
        #expect(object["interrogation"] == nil)
    }
}
