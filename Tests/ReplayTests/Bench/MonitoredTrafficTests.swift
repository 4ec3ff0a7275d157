import Replay
import TestSupport
import Testing

@testable import ReplayBench

/// What of a capture a connector can be fed with, and what it can't.
@Suite("Monitored values of a capture")
struct MonitoredTrafficTests {
    private func items(_ asdu: String, _ direction: Direction = .monitor) throws -> [MonitoredItem] {
        var recording = Recording()
        recording.send(direction, APDUs.I(0, 0, asdu))
        return try recording.events().flatMap { MonitoredTraffic.items($0) }
    }

    @Test("a value, with all that was recorded of it")
    func value() throws {
        let items = try items("01 02 03 00 0A 00 01 00 00 01 02 00 00 80")
        guard case .object(let first) = items.first, case .object(let second) = items.last else {
            Issue.record("no objects: \(items)")
            return
        }
        #expect("\(first.address) \(first.type) \(first.cause)" == "10:1 M_SP_NA_1 (1) spontaneous")
        #expect(first.information.value == .singlePoint(true) && first.information.quality == .good)
        #expect(second.information.value == .singlePoint(false) && second.information.quality == .invalid)
        #expect(first.frame == 4 && !first.isInterrogated)
    }

    @Test(
        "what no data point can say is told by its reason",
        arguments: [
            ("2D 01 07 00 0A 00 02 00 00 01", "command-reply"), ("46 01 04 00 0A 00 00 00 00 00", "system"),
            ("7A 01 0D 00 0A 00 00 00 00 00 00 00 00", "file-transfer"),
            ("02 01 03 00 0A 00 01 00 00 01 00 00 00", "short-time-tag"),
            ("26 01 03 00 0A 00 01 00 00 01 00 00 00 00 00 00 00 00 00", "protection"),
            ("C8 01 03 00 0A 00 01 00 00 01", "malformed"), ("01 02 03 00 0A 00 01 00 00 01", "malformed"),
            ("01 01 00 00 0A 00 01 00 00 01", "cause"), ("01 01 3F 00 0A 00 01 00 00 01", "cause"),
            ("01 01 43 00 0A 00 01 00 00 01", "negative"), ("01 01 83 00 0A 00 01 00 00 01", "test"),
            ("0F 01 14 00 0A 00 01 00 00 01 00 00 00 00", "counter"), ("01 01 25 00 0A 00 01 00 00 01", "counter"),
        ])
    func exclusions(_ asdu: String, _ reason: String) throws {
        let exclusion = try #require(Exclusion(rawValue: reason))
        #expect(try items(asdu) == [.excluded(exclusion, frame: 4, count: 1)])
    }

    @Test("values that go to the controlled station, octets that are missing")
    func others() throws {
        #expect(
            try items("01 01 03 00 0A 00 01 00 00 01", .control) == [.excluded(.direction, frame: 4, count: 1)])
        #expect(try items("64 01 06 00 0A 00 00 00 00 14", .control).isEmpty)
        var recording = Recording()
        recording.send(.monitor, APDUs.startCon)
        recording.lose(.monitor, APDUs.testAct)
        recording.send(.monitor, APDUs.testAct)
        recording.send(.control, APDUs.S(0))
        let found = try recording.events().flatMap { MonitoredTraffic.items($0) }
        #expect(found.count == 1)
        guard case .gap = found.first else {
            Issue.record("no gap: \(found)")
            return
        }
    }
}
