import Testing

@testable import Benchmarking

/// What counts as latency.
@Suite struct LatencyTests {
    @Test func anEventIsLateFromWhenItWasDueNotFromWhenItWasSent() throws {
        let floor = try FloorServer(points: 1)
        defer { floor.stop() }
        let fleet = try MasterFleet(2, to: floor.host)
        // 100 events due 1 ms apart, of which the last should have been there 901 ms ago.
        let start = Clock.now() - 1_000_000_000
        floor.order(.replay(FloorScript.events(100, points: 7)))
        let latencies = try LatencyWorkload.collect(0..<100, at: fleet, start: start)
        #expect(latencies.totalCount == 200)
        #expect(latencies.min >= 900_000_000)
    }
}
