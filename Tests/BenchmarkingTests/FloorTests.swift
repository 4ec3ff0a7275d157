import TestBench
import Testing

@testable import Benchmarking

/// The floor and the masters of the bench against each other.
@Suite struct FloorTests {
    @Test func everyMasterGetsTheWholeInterrogation() throws {
        let floor = try FloorServer(points: 1234)
        defer { floor.stop() }
        let fleet = try MasterFleet(3, to: floor.host)
        _ = try fleet.interrogate(points: 1234)
        _ = try fleet.interrogate(points: 1234)
        #expect(fleet.objects == 3 * 2 * 1234)
    }

    @Test func anInterrogationThatLacksAPointIsNoMeasurement() throws {
        let floor = try FloorServer(points: 99)
        defer { floor.stop() }
        let fleet = try MasterFleet(1, to: floor.host)
        #expect(throws: BenchError.self) { try fleet.interrogate(points: 100) }
    }

    @Test func everyMasterGetsEveryEventOnceAndInOrder() throws {
        let floor = try FloorServer(points: 1)
        defer { floor.stop() }
        let fleet = try MasterFleet(3, to: floor.host)
        fleet.expectEvents(from: 0)
        floor.order(.replay(FloorScript.events(500, points: 7)))
        try fleet.run { fleet.objects >= 3 * 500 }
        try fleet.requireEveryEvent()
        #expect(fleet.slowest == 500)
    }

    @Test func anEventThatIsMissingEndsTheMeasurement() throws {
        let floor = try FloorServer(points: 1)
        defer { floor.stop() }
        let fleet = try MasterFleet(2, to: floor.host)
        var script = FloorScript()
        for part in [FloorScript.events(5, points: 7), FloorScript.events(9, points: 7)] {
            let last = part.octets[(part.starts[part.count - 1] + 6)...]
            script.append(asdu: Array(last))
        }
        fleet.expectEvents(from: 4)
        floor.order(.replay(script))
        try fleet.run { fleet.objects >= 2 * 2 }
        #expect(throws: BenchError.self) { try fleet.requireEveryEvent() }
    }

    @Test func theMiddleCountsAndTargetsAreOfTheRatioWhereThereIsAFloor() {
        #expect(median([9, 1, 5]) == 5)
        #expect(median([4, 1, 3, 2]) == 2.5)
        let slow = Finding("a", "x", unit: "ms", floor: [10], connector: [25], target: .atMost(2))
        #expect(slow.ratio == 2.5 && slow.holds == false)
        let fast = Finding("b", "x", unit: "1/s", floor: [10], connector: [7], target: .atLeast(0.7))
        #expect(fast.holds == true)
        let alone = Finding("f", "x", unit: "octets", connector: [199], target: .atMost(200))
        #expect(alone.ratio == nil && alone.holds == true)
    }
}
